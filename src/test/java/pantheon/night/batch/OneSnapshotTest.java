package pantheon.night.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.journal.Journal;
import pantheon.night.workspace.Checkouts;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.files.PathRefused;

/** What is committed is what the checks saw, whatever is written in the checkout meanwhile. */
final class OneSnapshotTest {
    @TempDir
    private Path folder;

    private final List<String> seen = new ArrayList<>();

    /** Looks at the document, and then writes into the checkouts as a process that outlived its tool would. */
    private final class Rewriting implements Check {
        @Override
        public String name() {
            return "rewriting";
        }

        @Override
        public CheckResult check(Work work) {
            try {
                seen.add(new String(work.changes().content("file-0.txt"), UTF_8));
                for (var scratch : List.of("scratch/slot-1", "replay")) {
                    Checkouts.in(folder.resolve(scratch)).forEach(this::write);
                }
                seen.add(new String(work.changes().content("file-0.txt"), UTF_8));
            } catch (PathRefused | IOException e) {
                throw new IllegalStateException(e);
            }
            return new CheckResult(name(), true, "");
        }

        private void write(Path checkout) {
            try {
                Files.writeString(checkout.resolve("file-0.txt"), "seen by nobody\n");
                Files.writeString(checkout.resolve("file-1.txt"), "seen by nobody\n");
                Files.writeString(checkout.resolve("new.txt"), "seen by nobody\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_file_that_is_rewritten_after_a_check_looked_is_committed_as_it_was_checked() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.moreChecks = List.of(new Rewriting());
        assertEquals(List.of("task-0 accepted"), night.run(SmallNight.tasks(1), SmallNight.rule()));
        assertEquals(List.of("done\n", "done\n", "done\n", "done\n"), seen); // the night's, and its replay's
        var replayed = Checkouts.in(folder.resolve("replay")).getFirst();
        assertEquals("seen by nobody\n", Files.readString(replayed.resolve("new.txt")));

        var git = new Git(folder.resolve("workspace"));
        var run = Journal.run(night.journal());
        assertEquals("done\n", git.run("show", "night/%s:file-0.txt".formatted(run)));
        assertEquals(List.of("file-0.txt"), git.names("diff", "-z", "--name-only", "main", "night/" + run));
        var patch = Files.readString(folder.resolve("artifacts/%s/task-0/diff.patch".formatted(run)));
        assertTrue(patch.contains("+done") && !patch.contains("nobody"), patch);
    }
}
