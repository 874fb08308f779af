package pantheon.night.workspace.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
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

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GitPatch() {}

    static String format(Collection<Diff.FileChange> files) {
        GitPatch patch = new GitPatch();
        try {
            for (Diff.FileChange file : files) {
                patch.add(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return patch.out.toString(StandardCharsets.UTF_8);
    }

    private void add(Diff.FileChange file) throws IOException {
        Change change = file.change();
        Change.Entry before = change.before();
        Change.Entry after = change.after();
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
        line("diff --git " + quote("a/" + path) + " " + quote("b/" + path));
        if (before == null && after != null) {
            line("new file mode " + after.mode().octal());
        } else if (before != null && after == null) {
            line("deleted file mode " + before.mode().octal());
        } else if (before != null && after != null && before.mode() != after.mode()) {
            line("old mode " + before.mode().octal());
            line("new mode " + after.mode().octal());
        }
        String oldId = before == null ? NO_BLOB : before.id();
        String newId = after == null ? NO_BLOB : after.id();
        if (oldId.equals(newId)) {
            return;
        }
        String sameMode = before != null && after != null && before.mode() == after.mode()
                ? " " + before.mode().octal()
                : "";
        line("index " + oldId + ".." + newId + sameMode);
        if (Arrays.equals(oldContent, newContent)) {
            return; // an empty file comes or goes
        }
        if (Text.is(oldContent) && Text.is(newContent)) {
            line("--- " + (before == null ? "/dev/null" : label("a/" + path)));
            line("+++ " + (after == null ? "/dev/null" : label("b/" + path)));
            hunks(new RawText(oldContent), new RawText(newContent));
        } else {
            line("GIT binary patch");
            literal(newContent);
            literal(oldContent);
        }
    }

    private void hunks(RawText oldText, RawText newText) throws IOException {
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, oldText, newText), oldText, newText);
        }
    }

    private void literal(byte[] content) throws IOException {
        line("literal " + content.length);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(content);
        }
        BinaryHunkOutputStream lines = new BinaryHunkOutputStream(out);
        deflated.writeTo(lines);
        lines.flush();
        line("");
    }

    /** In the lines of the hunk's header a tab ends a name with a space, for patch(1). */
    private static String label(String path) {
        String quoted = quote(path);
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
