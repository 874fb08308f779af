package pantheon.night.workspace.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * A file name that git, or a file system that folds names, may take for {@code .git}. JGit knows git's own list (case,
 * trailing dots, NTFS short names, characters that HFS+ ignores); folded compatibility forms, ignorable characters of
 * any kind and NTFS streams are added here, since the branch may be checked out on any system.
 */
final class GitName {
    private static final ObjectChecker CHECKER = new ObjectChecker().setSafeForMacOS(true);
    private static final Pattern TRAILING = Pattern.compile("[. ]+$");
    private static final Pattern SHORT_NAME = Pattern.compile("git~[0-9]+");

    private GitName() {}

    /** Whether a non-empty name, neither "." nor "..", may be taken for {@code .git}. */
    static boolean resembles(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            CHECKER.checkPathSegment(bytes, 0, bytes.length);
        } catch (CorruptObjectException e) {
            return true;
        }
        var folded = fold(name);
        return folded.equals(".git") || SHORT_NAME.matcher(folded).matches();
    }

    private static String fold(String name) {
        var visible = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !isIgnorable(c))
                .forEach(visible::appendCodePoint);
        // Upper case first: a dotless i has no lower case of its own, but its upper case is I.
        var folded = visible.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        int stream = folded.indexOf(':');
        return TRAILING.matcher(stream < 0 ? folded : folded.substring(0, stream))
                .replaceFirst("");
    }

    private static boolean isIgnorable(int c) {
        return Character.isIdentifierIgnorable(c)
                || c == 0x034F // combining grapheme joiner
                || (c >= 0xFE00 && c <= 0xFE0F) // variation selectors
                || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
