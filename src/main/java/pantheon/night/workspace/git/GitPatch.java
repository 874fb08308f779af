package pantheon.night.workspace.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.QuotedString;
import org.eclipse.jgit.util.io.BinaryHunkOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes as a patch in git's extended unified format: text as hunks, everything else as "GIT binary patch" with both
 * directions, so that the whole is UTF-8 and still exact.
 */
final class GitPatch {
    private static final String NO_BLOB = ObjectId.zeroId().name();
    private static final String NO_FILE = "/dev/null";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GitPatch() {}

    static String format(Collection<Diff.FileChange> files) {
        var patch = new GitPatch();
        try {
            for (var file : files) {
                patch.add(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return patch.out.toString(StandardCharsets.UTF_8);
    }

    private void add(Diff.FileChange file) throws IOException {
        var change = file.change();
        var before = change.before();
        var after = change.after();
        if (before != null
                && after != null
                && before.mode().isFile() != after.mode().isFile()) {
            // Git has no patch from a file to a link: the one goes, the other comes.
            add(change.path(), before, null, file.before(), new byte[0]);
            add(change.path(), null, after, new byte[0], file.after());
        } else {
            add(change.path(), before, after, file.before(), file.after());
        }
    }

    private void add(
            String path,
            Change.@Nullable Entry before,
            Change.@Nullable Entry after,
            byte[] oldContent,
            byte[] newContent)
            throws IOException {
        line("diff --git %s %s".formatted(quote("a/" + path), quote("b/" + path)));
        modes(before, after);
        var oldId = before == null ? NO_BLOB : before.id();
        var newId = after == null ? NO_BLOB : after.id();
        if (oldId.equals(newId)) {
            return;
        }
        line("index %s..%s%s".formatted(oldId, newId, sameMode(before, after)));
        var oldLabel = before == null ? NO_FILE : label("a/" + path);
        var newLabel = after == null ? NO_FILE : label("b/" + path);
        contents(oldLabel, newLabel, oldContent, newContent);
    }

    private void modes(Change.@Nullable Entry before, Change.@Nullable Entry after) throws IOException {
        if (before == null && after != null) {
            line("new file mode " + after.mode().octal());
        } else if (before != null && after == null) {
            line("deleted file mode " + before.mode().octal());
        } else if (before != null && after != null && before.mode() != after.mode()) {
            line("old mode " + before.mode().octal());
            line("new mode " + after.mode().octal());
        }
    }

    private static String sameMode(Change.@Nullable Entry before, Change.@Nullable Entry after) {
        return before != null && after != null && before.mode() == after.mode()
                ? " " + before.mode().octal()
                : "";
    }

    /** Nothing where an empty file comes or goes. */
    private void contents(String oldLabel, String newLabel, byte[] oldContent, byte[] newContent) throws IOException {
        if (Arrays.equals(oldContent, newContent)) {
            return;
        }
        if (Text.is(oldContent) && Text.is(newContent)) {
            line("--- " + oldLabel);
            line("+++ " + newLabel);
            hunks(new RawText(oldContent), new RawText(newContent));
        } else {
            line("GIT binary patch");
            literal(newContent);
            literal(oldContent);
        }
    }

    private void hunks(RawText oldText, RawText newText) throws IOException {
        try (var formatter = new DiffFormatter(out)) {
            formatter.format(new LineDiff().diff(RawTextComparator.DEFAULT, oldText, newText), oldText, newText);
        }
    }

    private void literal(byte[] content) throws IOException {
        line("literal " + content.length);
        var deflated = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(content);
        }
        var lines = new BinaryHunkOutputStream(out);
        deflated.writeTo(lines);
        lines.flush();
        line("");
    }

    /** In the lines of the hunk's header a tab ends a name with a space, for patch(1). */
    private static String label(String path) {
        var quoted = quote(path);
        return path.indexOf(' ') >= 0 && !quoted.startsWith("\"") ? quoted + "\t" : quoted;
    }

    private static String quote(String path) {
        return QuotedString.GIT_PATH.quote(path);
    }

    private void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
