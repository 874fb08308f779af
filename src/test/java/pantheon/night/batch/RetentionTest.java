package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.SigningKey;
import pantheon.night.workspace.Workspace;

/** Old nights go, and nothing that they did is done again. */
final class RetentionTest {
    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 5);
        night.signingKey = SigningKey.generate();
    }

    private void nights(int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(
                    List.of("task-%d accepted".formatted(i)),
                    night.run(List.of(SmallNight.task(i)), SmallNight.rule()));
        }
    }

    private Retention retention() {
        return new Retention(night.log(), folder.resolve("artifacts"), SmallNight.CLOCK);
    }

    private static List<String> runs(List<Retention.KeptNight> nights) {
        return nights.stream().map(Retention.KeptNight::run).toList();
    }

    private List<String> left() {
        return History.journals(night.log()).stream().map(History::run).toList();
    }

    private Verification.Result verify(String run, Set<String> prunedHashes) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            return new Verification(run, new Verification.Expected(List.of(), Map.of(), prunedHashes))
                    .all(
                            night.log().resolve(run + ".jsonl"),
                            folder.resolve("artifacts").resolve(run),
                            workspace);
        }
    }

    @Test
    void the_oldest_nights_beyond_the_count_go_and_their_tasks_stay_ended() {
        nights(3);
        var plan = retention().plan(1, 0);
        assertEquals(List.of("20261123-220000", "20261123-220001"), runs(plan.pruned()));
        assertEquals(
                List.of("20261123-220000", "20261123-220001", "20261123-220002"), left(), "a plan removes nothing");
        assertTrue(plan.freedBytes() > 0);
        retention().prune(plan);
        assertEquals(List.of("20261123-220002"), left());
        assertFalse(Files.exists(folder.resolve("artifacts/20261123-220000")));
        assertTrue(Files.exists(folder.resolve("artifacts/20261123-220002/task-2/diff.patch")));
        assertEquals(
                List.of("task-3 accepted"), night.run(SmallNight.tasks(4), SmallNight.rule()), "the others have ended");
        assertEquals(
                List.of("task-0"),
                PrunedNights.of(night.log())
                        .find("20261123-220000")
                        .orElseThrow()
                        .ended());
    }

    @Test
    void nights_go_until_the_others_are_within_the_size() {
        nights(3);
        var all = retention().plan(0, 0);
        assertEquals(List.of(), all.pruned());
        assertEquals(3, all.keptNights());
        assertEquals(List.of(), retention().plan(0, all.keptBytes()).pruned());
        assertEquals(
                List.of("20261123-220000"),
                runs(retention().plan(0, all.keptBytes() - 1).pruned()));
        assertEquals(
                List.of("20261123-220000", "20261123-220001"),
                runs(retention().plan(0, 1).pruned()),
                "the newest stays");
    }

    @Test
    void a_night_whose_work_has_not_ended_stays_until_it_has() {
        var asked = new int[1];
        var stopping = SmallNight.engine(prompt -> {
            if (++asked[0] == 3) {
                night.window.stop();
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        var fresh = SmallNight.in(folder);
        fresh.signingKey = night.signingKey;
        assertEquals(List.of("task-0 accepted", "task-1 stopped"), night.run(SmallNight.tasks(3), stopping));
        fresh.run(List.of(SmallNight.task(3)), SmallNight.rule());
        fresh.run(List.of(SmallNight.task(4)), SmallNight.rule());
        var plan = retention().plan(1, 0);
        assertEquals(List.of("20261123-220001"), runs(plan.pruned()));
        assertEquals(List.of("20261123-220000"), runs(plan.held()));
        assertEquals(
                List.of("task-1", "task-2"),
                plan.held().getFirst().open().stream().sorted().toList());
        retention().prune(plan);
        assertEquals(List.of("task-1 accepted", "task-2 accepted"), fresh.run(SmallNight.tasks(5), SmallNight.rule()));
        assertEquals(
                List.of("20261123-220000", "20261123-220002"),
                runs(retention().plan(1, 0).pruned()));
    }

    @Test
    void what_a_crash_left_is_pruned_the_next_time_and_listed_once() throws IOException {
        nights(2);
        var journal = night.log().resolve("20261123-220000.jsonl");
        var content = Files.readAllBytes(journal);
        retention().prune(retention().plan(1, 0));
        Files.write(journal, content);
        assertTrue(History.of(night.log()).isDone("task-0"));
        retention().prune(retention().plan(1, 0));
        assertFalse(Files.exists(journal));
        var lines = JournalReader.readToEnd(night.log().resolve("pruned/index.jsonl"), entry -> {});
        assertEquals(1, lines.lines());
    }

    @Test
    void the_list_is_chained_and_every_later_night_names_its_head() throws IOException {
        nights(3);
        retention().prune(retention().plan(1, 0));
        night.run(List.of(SmallNight.task(3)), SmallNight.rule());
        var run = History.run(night.journal());
        assertEquals(
                List.of(), verify(run, PrunedNights.of(night.log()).hashes()).findings());
        var list = night.log().resolve("pruned/index.jsonl");
        var lines = Files.readAllLines(list);
        Files.writeString(list, lines.getFirst() + "\n");
        assertTrue(verify(run, PrunedNights.of(night.log()).hashes())
                .findings()
                .toString()
                .contains("it was rewritten"));
        Files.writeString(list, lines.getFirst().replace("task-0", "task-9") + "\n" + lines.getLast() + "\n");
        var broken = assertThrows(NightException.class, () -> History.of(night.log()));
        assertEquals(ExitCode.DATA, broken.exitCode());
        assertTrue(broken.getMessage().contains("index.jsonl:2"), broken.getMessage());
    }
}
