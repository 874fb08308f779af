package pantheon.night.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;
import pantheon.night.local.SystemClock;

/** One owner at a time. */
final class LeasingTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** A process of another machine, of which nobody here can tell whether it lives. */
    private static final Owner ELSEWHERE = new Owner("node-3", "its boot", "pid:[1]", 4711, 99);

    @TempDir
    private Path temporary = Path.of("");

    private LeaseFolder folder = new LeaseFolder(Path.of(""));
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void name_the_folder() {
        folder = new LeaseFolder(temporary.resolve("state/lease"));
    }

    private Hold take(Duration time, BooleanSupplier stopped) {
        var listener = new LeaseListener() {
            @Override
            public void waits(String owner) {
                told.add("waits for " + owner);
            }

            @Override
            public void lost() {
                told.add("lost");
            }
        };
        return new Leasing(folder.path(), time, new SystemClock(), stopped, listener).take();
    }

    private Hold take(Duration time) {
        return take(time, () -> false);
    }

    private Lease newest() throws IOException {
        return folder.newest().orElseThrow();
    }

    private void others(long epoch, Owner owner, Duration time) throws IOException {
        assertTrue(folder.claim(new Lease(epoch, 0, owner, time, false)));
    }

    private static String refused(ExitCode code, Runnable action) {
        var refused = assertThrows(NightException.class, action::run);
        assertEquals(code, refused.exitCode());
        return Objects.requireNonNull(refused.getMessage());
    }

    @Test
    void the_first_takes_it_at_once_and_gives_it_back_for_the_next() throws IOException {
        try (var hold = take(LONG)) {
            assertFalse(hold.isTakenOver());
            hold.require();
            assertEquals(1, newest().epoch());
            assertFalse(newest().released());
            assertEquals(Owner.here(), newest().owner());
        }
        assertTrue(newest().released());
        try (var hold = take(LONG)) {
            assertFalse(hold.isTakenOver());
            assertEquals(2, newest().epoch());
        }
        assertEquals(List.of(), told);
        try (var files = Files.list(folder.path())) {
            assertEquals(1, files.count(), "earlier epochs are removed");
        }
    }

    @Test
    void who_comes_second_waits_and_leaves_once_nobody_wants_it() throws IOException {
        try (var hold = take(LONG)) {
            var message = refused(ExitCode.WORK_LEFT, () -> take(LONG, () -> true));
            assertTrue(message.contains("another process goes on with this shard: process"), message);
            assertEquals(List.of("waits for " + Owner.here().words()), told);
            hold.require();
        }
    }

    @Test
    void who_comes_second_gives_up_after_ten_times_of_a_lease() throws IOException {
        others(1, ELSEWHERE, LONG);
        var message = refused(ExitCode.WORK_LEFT, () -> take(Duration.ofMillis(20)));
        assertTrue(message.contains("process 4711 on node-3"), message);
        assertEquals(List.of("waits for process 4711 on node-3"), told);
    }

    @Test
    void an_owner_of_this_machine_that_ended_without_a_word_is_succeeded_at_once() throws IOException {
        var here = Owner.here();
        var gone = new Owner(here.host(), here.boot(), here.processes(), here.process(), here.started() - 1);
        others(1, gone, LONG);
        try (var hold = take(LONG)) {
            assertTrue(hold.isTakenOver());
            assertEquals(2, newest().epoch());
        }
        assertEquals(List.of(), told);
    }

    @Test
    void an_owner_elsewhere_that_is_silent_for_its_time_is_taken_over() throws IOException {
        others(7, ELSEWHERE, SHORT);
        long start = System.nanoTime();
        try (var hold = take(SHORT)) {
            assertTrue(System.nanoTime() - start >= SHORT.toNanos(), "it is watched for all of its time");
            assertTrue(hold.isTakenOver());
            assertEquals(8, newest().epoch());
        }
    }

    @Test
    void an_owner_whose_time_is_longer_gets_it() throws IOException {
        others(1, ELSEWHERE, Duration.ofMillis(900));
        long start = System.nanoTime();
        take(SHORT).close();
        assertTrue(System.nanoTime() - start >= 900_000_000L);
    }

    @Test
    void a_lease_that_cannot_be_read_counts_as_silent() throws IOException {
        Files.createDirectories(folder.path());
        Files.writeString(folder.path().resolve("3.json"), "{\"renewal\":");
        try (var hold = take(SHORT)) {
            assertTrue(hold.isTakenOver());
            assertEquals(4, newest().epoch());
        }
    }

    @Test
    void an_owner_that_renews_is_not_taken_over() throws IOException, InterruptedException {
        others(1, ELSEWHERE, Duration.ofSeconds(2));
        var over = new AtomicBoolean();
        var renewing = Thread.ofPlatform().start(() -> renew(over));
        refused(ExitCode.WORK_LEFT, () -> take(Duration.ofSeconds(2), over::get));
        renewing.join();
        assertEquals(1, newest().epoch());
    }

    /** As an owner elsewhere does, for longer than its lease holds. */
    private void renew(AtomicBoolean over) {
        try {
            for (int i = 0; i < 30; i++) {
                folder.replace(newest().renewed());
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            over.set(true);
        }
    }

    @Test
    void who_was_overtaken_notices_and_writes_nothing_more() throws IOException {
        var hold = take(LONG);
        var disk = hold.disk(temporary);
        var before = disk.create(temporary.resolve("before"));
        before.write(new byte[] {'a'});
        others(2, ELSEWHERE, LONG);
        var message = refused(ExitCode.WORK_LEFT, hold::require);
        assertTrue(message.contains("another process has taken this night over"), message);
        assertTrue(message.contains("process 4711 on node-3"), message);
        assertEquals(List.of("lost"), told);
        assertTrue(hold.isLost());
        assertThrows(NightException.class, () -> before.write(new byte[] {'b'}));
        assertThrows(NightException.class, () -> disk.create(temporary.resolve("after")));
        assertThrows(NightException.class, () -> disk.createFolder(temporary.resolve("folder")));
        before.close();
        hold.close();
        assertEquals("a", Files.readString(temporary.resolve("before")));
        assertTrue(Files.notExists(temporary.resolve("after")));
        assertFalse(newest().released(), "what is another's is not given back");
    }

    @Test
    void a_claim_that_later_ones_have_passed_is_none() throws IOException {
        others(7, ELSEWHERE, LONG);
        assertFalse(folder.claim(new Lease(5, 0, ELSEWHERE, LONG, false)), "its file was removed long ago");
        assertFalse(folder.claim(new Lease(7, 0, ELSEWHERE, LONG, false)), "its file is there");
        assertTrue(Files.notExists(folder.path().resolve("5.json")));
        assertEquals(7, newest().epoch());
    }

    @Test
    void a_journal_that_is_gone_on_with_leaves_its_earlier_writers_behind() throws IOException {
        var journal = temporary.resolve("log/20261130-220000-s3.jsonl");
        Files.createDirectories(temporary.resolve("log"));
        var disk = Disk.local();
        try (var zombie = disk.create(journal);
                var hold = take(LONG)) {
            zombie.write("one\n".getBytes(StandardCharsets.UTF_8));
            try (var mine = hold.disk(temporary.resolve("log")).open(journal)) {
                zombie.write("lost\n".getBytes(StandardCharsets.UTF_8));
                mine.write("two\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertEquals("one\ntwo\n", Files.readString(journal));
    }
}
