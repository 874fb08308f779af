package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Sha256;

/** A night that fails, that cannot go on, and that is left for a new one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FailedNightIT {
    private SampleNight night = new SampleNight(Path.of(""));

    @BeforeAll
    void lay_out(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        night = SampleNight.layOut(folder.resolve("night"), 3);
    }

    private static List<String> lines(String text) {
        return Arrays.asList(text.split("\n", -1));
    }

    @Test
    @Order(1)
    void a_night_that_failed_tells_its_head_and_goes_on_with_the_next_start() throws IOException {
        Files.createDirectories(night.folder().resolve("state"));
        var inTheWay = Files.createFile(night.folder().resolve("state/scratch"));
        var failed = Program.run(night.folder());
        assertEquals(73, failed.status(), failed.err());
        var last = Files.readAllLines(night.journal()).getLast();
        assertTrue(lines(failed.out()).contains("journal head:      " + Sha256.hex(last)), failed.out());
        var status = Program.run(night.folder(), "status").out();
        assertTrue(status.contains(": failed; the next start goes on with it\n"), status);
        Files.delete(inTheWay);
    }

    @Test
    @Order(2)
    void a_night_whose_base_commit_is_gone_names_the_way_out() throws IOException {
        night.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--amend", "-m", "Rewritten");
        night.git("reflog", "expire", "--expire=now", "--all");
        night.git("gc", "-q", "--prune=now");
        var before = Files.readString(night.journal());
        var refused = Program.run(night.folder());
        assertEquals(65, refused.status(), refused.err());
        assertTrue(refused.err().contains("Start a new night with --fresh"), refused.err());
        assertEquals(before, Files.readString(night.journal()));
    }

    @Test
    @Order(3)
    void a_fresh_night_ends_it_where_it_is() throws IOException {
        var fresh = Program.run(night.folder(), "--fresh");
        assertEquals(0, fresh.status(), fresh.err());
        assertTrue(fresh.out().contains(" was interrupted and ends where it is; a new one begins\n"), fresh.out());
        var journals = new ArrayList<>(night.journals());
        assertEquals(2, journals.size());
        assertTrue(Files.readString(journals.getFirst()).contains("\"night.outcome\":\"abandoned\""));
        assertEquals(night.queued(), night.ended());
    }
}
