package pantheon.night.workspace.branch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;

class TextMergeTest {
    @TempDir
    Path directory;

    private static Optional<String> merge(String base, String ours, String theirs) {
        return TextMerge.merge(base.getBytes(UTF_8), ours.getBytes(UTF_8), theirs.getBytes(UTF_8))
                .map(merged -> new String(merged, UTF_8));
    }

    @Test
    void line_ends_and_a_missing_last_one_are_kept() {
        assertEquals(
                Optional.of("A\r\nb\r\nc\r\nD"), merge("a\r\nb\r\nc\r\nd", "A\r\nb\r\nc\r\nd", "a\r\nb\r\nc\r\nD"));
        assertEquals(Optional.of("A\nb\nc\nd"), merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nd"));
        assertEquals(
                Optional.of("\ufeffA\nb\nc\n\u00e9\n"),
                merge("\ufeffa\nb\nc\ne\n", "\ufeffA\nb\nc\ne\n", "\ufeffa\nb\nc\n\u00e9\n"));
    }

    @Test
    void the_same_and_neighbouring_lines_are_conflicts_unless_changed_alike() {
        assertEquals(Optional.empty(), merge("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n"));
        assertEquals(Optional.empty(), merge("a\nb\nc\n", "X\nb\nc\n", "a\nY\nc\n"));
        assertEquals(Optional.empty(), merge("a\n", "", "b\n"));
        assertEquals(Optional.of("a\nX\nc\n"), merge("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n"));
    }

    @Test
    void what_is_no_text_is_a_conflict() {
        byte[] latin = "é\nb\nc\n".getBytes(ISO_8859_1);
        byte[] text = "e\nb\nc\n".getBytes(UTF_8);
        assertTrue(TextMerge.merge(latin, text, latin).isEmpty());
        assertEquals(Optional.empty(), merge("a\n\0\n", "A\n\0\n", "a\n\0\n"));
    }

    @Test
    void a_clean_merge_is_the_one_that_git_makes() {
        Git git = Git.init(directory);
        Random random = new Random(7);
        int clean = 0;
        for (int round = 0; round < 60; round++) {
            List<String> base = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                base.add("line " + i);
            }
            String ours = edited(base, random, "ours ");
            String theirs = edited(base, random, "theirs ");
            Optional<String> merged = merge(text(base), ours, theirs);
            if (merged.isPresent()) {
                git.write("base", text(base)).write("ours", ours).write("theirs", theirs);
                assertEquals(git.run("merge-file", "-p", "ours", "base", "theirs"), merged.get());
                clean++;
            }
        }
        assertTrue(clean > 10 && clean < 60, clean + " of 60 clean: both kinds must come up");
    }

    private static String edited(List<String> base, Random random, String mark) {
        List<String> lines = new ArrayList<>(base);
        for (int i = 0; i < 2; i++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.set(at, mark + i);
                case 1 -> lines.add(at, mark + i);
                default -> lines.remove(at);
            }
        }
        return text(lines);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
