package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.artifact.ArtifactDigests;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Verification;
import pantheon.night.workspace.Workspace;

/**
 * One bit of a night's record is not as it was written: at each byte one of its bits, and each of them with
 * {@code -Dflip.all=true}.
 */
final class BitFlipTest {
    private static final boolean ALL_BITS = Boolean.getBoolean("flip.all");
    private static final String RUN = "20261123-220000";
    private static final Verification.Expected NOTHING = new Verification.Expected(List.of(), Map.of(), Set.of());

    @TempDir
    private Path folder;

    private SmallNight night(boolean signed) throws IOException {
        var night = SmallNight.layOut(folder, 1);
        night.signingKey = signed ? SigningKey.generate() : null;
        night.run(SmallNight.tasks(1), SmallNight.rule());
        return night;
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        var copy = bytes.clone();
        copy[at] ^= (byte) (1 << bit);
        return copy;
    }

    /** The flips that are not found, of the bytes from some on. */
    private List<String> unseen(byte[] journal, int from, Verification.Expected expected) {
        var files = ThreadLocal.withInitial(
                () -> folder.resolve("flipped-" + Thread.currentThread().threadId() + ".jsonl"));
        return IntStream.range(from, journal.length)
                .parallel()
                .boxed()
                .flatMap(at -> IntStream.range(0, 8)
                        .filter(bit -> ALL_BITS || bit == at % 8)
                        .filter(bit -> isUnseen(files.get(), flipped(journal, at, bit), expected))
                        .mapToObj(bit -> "byte %d, bit %d".formatted(at, bit)))
                .toList();
    }

    private static boolean isUnseen(Path file, byte[] journal, Verification.Expected expected) {
        try {
            Files.write(file, journal);
            return new Verification(RUN, expected).journalAlone(file).isIntact();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int startOfLast(byte[] journal) {
        int at = journal.length - 1;
        while (journal[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    @Test
    void is_found_at_every_byte_of_a_signed_journal() throws IOException {
        var journal = Files.readAllBytes(night(true).journal());
        var copy = Files.write(folder.resolve("copy.jsonl"), journal);
        assertEquals(
                List.of(), new Verification(RUN, NOTHING).journalAlone(copy).findings(), "as it was written");
        assertEquals(List.of(), unseen(journal, 0, NOTHING));
    }

    @Test
    void is_found_in_the_last_line_of_an_unsigned_journal_by_the_head_alone() throws IOException {
        var journal = Files.readAllBytes(night(false).journal());
        var copy = Files.write(folder.resolve("copy.jsonl"), journal);
        var head = new Verification(RUN, NOTHING).journalAlone(copy).head();
        var known = new Verification.Expected(List.of(), Map.of("--head", head), Set.of());
        assertEquals(List.of(), new Verification(RUN, known).journalAlone(copy).findings());
        assertEquals(List.of(), unseen(journal, startOfLast(journal), known));
        assertFalse(unseen(journal, startOfLast(journal), NOTHING).isEmpty(), "nothing else covers it");
    }

    @Test
    void is_found_at_every_byte_of_an_artifact() throws IOException {
        night(true);
        var task = folder.resolve("artifacts").resolve(RUN).resolve("task-0");
        assertTrue(ArtifactDigests.of(task)
                .keySet()
                .containsAll(Set.of("diff.patch", "input.json", "metrics.json", "output.json", "prompt.txt")));
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            assertEquals(List.of(), verify(workspace).findings());
            for (var name : List.of("diff.patch", "input.json", "output.json")) {
                var file = task.resolve(name);
                var content = Files.readAllBytes(file);
                for (int at = 0; at < content.length; at++) {
                    Files.write(file, flipped(content, at, at % 8));
                    var findings = verify(workspace).findings();
                    assertEquals(1, findings.size(), name + " at " + at);
                    assertTrue(findings.getFirst().what().startsWith(file + " has SHA-256"), findings.toString());
                }
                Files.write(file, content);
            }
        }
    }

    private Verification.Result verify(Workspace workspace) {
        return new Verification(RUN, NOTHING)
                .all(
                        folder.resolve("log").resolve(RUN + ".jsonl"),
                        folder.resolve("artifacts").resolve(RUN),
                        workspace);
    }
}
