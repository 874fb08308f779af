package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/**
 * A path or file that a scratch checkout does not serve. It is data for the tool that asked, not a failure of the
 * night: the tool turns the {@link #code()} and the one-line message into its failed result.
 */
public final class PathRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARS = 200;

    /** Why a path is refused. */
    public enum Code {
        ABSOLUTE("is absolute; give it relative to the workspace"),
        PARENT("has a segment \"..\"; no path leads out of the workspace"),
        SYMLINK("is, or passes through, a symbolic link; links are not followed"),
        GIT("has a segment that git or a file system may take for \".git\""),
        NOT_FOUND("does not exist"),
        IS_DIRECTORY("is a directory, not a file"),
        NOT_DIRECTORY("is a file, or passes through one, where a directory is needed"),
        EXISTS("already exists; nothing is overwritten"),
        TOO_LARGE("is larger than the workspace allows"),
        NOT_REGULAR("is neither a regular file nor a directory"),
        BAD_NAME("is not a plain relative path of names joined by \"/\""),
        UNREADABLE("may not be accessed");

        private final String phrase;

        Code(String phrase) {
            this.phrase = phrase;
        }

        /** The code as it is written in results, for example {@code not_found}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Code code;
    private final String path;

    public PathRefused(Code code, String path) {
        this(code, path, "path %s %s".formatted(quote(path), code.phrase));
    }

    private PathRefused(Code code, String path, String message) {
        super(message);
        this.code = code;
        this.path = path;
    }

    /** All changes together are more than one commit of a night may hold; no single path is to blame. */
    public static PathRefused tooMuch(String what) {
        return new PathRefused(Code.TOO_LARGE, ".", "the changes are too large for one commit of a night: " + what);
    }

    /** What a failed access says of the path; what says nothing of it is the disk's failure, and thrown as such. */
    public static PathRefused of(IOException e, String path) {
        return code(e).map(code -> new PathRefused(code, path)).orElseThrow(() -> failed(e, path));
    }

    /** The disk's failure at a path. */
    public static NightException failed(IOException e, String path) {
        return new NightException(
                ExitCode.IO,
                "the scratch file %s cannot be read or written: %s. Check the disk of the state directory."
                        .formatted(path, IoReason.of(e, Path.of(path))),
                e);
    }

    private static Optional<Code> code(IOException e) {
        return switch (e) {
            case NoSuchFileException gone -> Optional.of(Code.NOT_FOUND);
            case NotDirectoryException file -> Optional.of(Code.NOT_DIRECTORY);
            case FileAlreadyExistsException there -> Optional.of(Code.EXISTS);
            case AccessDeniedException denied -> Optional.of(Code.UNREADABLE);
            case IOException other -> tellsOfSymlink(other) ? Optional.of(Code.SYMLINK) : Optional.empty();
        };
    }

    /** The JDK has no exception for ELOOP; these are its own words, for directories and for files. */
    private static boolean tellsOfSymlink(IOException e) {
        var reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason != null && (reason.contains("symbolic link") || reason.contains("NOFOLLOW_LINKS"));
    }

    public Code code() {
        return code;
    }

    /** The path as it was asked for. */
    public String path() {
        return path;
    }

    /** A JSON string, cut after {@value #QUOTED_CHARS} characters, so that any name stays on one line. */
    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), QUOTED_CHARS); i++) {
            quoted.append(escaped(text, i));
        }
        return quoted.append(text.length() > QUOTED_CHARS ? "…\"" : "\"").toString();
    }

    private static String escaped(String text, int i) {
        char c = text.charAt(i);
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isShown(text, i) ? String.valueOf(c) : "\\u%04x".formatted((int) c);
        };
    }

    private static boolean isShown(String text, int i) {
        char c = text.charAt(i);
        return c >= ' ' && c != 0x7f && (!Character.isSurrogate(c) || paired(text, i));
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < Math.min(text.length(), QUOTED_CHARS) && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
