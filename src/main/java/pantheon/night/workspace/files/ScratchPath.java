package pantheon.night.workspace.files;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A path inside a scratch checkout: plain names joined by "/", none of which leads up, out or into {@code .git}. */
public record ScratchPath(String text, List<Path> segments) {
    public static final int MAX_SEGMENTS = 64;
    private static final int MAX_CHARS = 1024;
    private static final int MAX_NAME_BYTES = 255;

    public ScratchPath {
        segments = List.copyOf(segments);
    }

    /**
     * The path that a person or a model names, or why it names none: a leading {@code ./} and a last slash mean nothing.
     */
    public static ScratchPath asked(String text) throws PathRefused {
        var bare = bare(text);
        return parse(bare.isEmpty() ? text : bare);
    }

    /** Whether a text names the workspace itself. */
    static boolean isTop(String text) {
        return text.isEmpty() || bare(text).isEmpty() || bare(text).equals(".");
    }

    private static String bare(String text) {
        int start = 0;
        while (text.startsWith("./", start)) {
            start += 2;
        }
        boolean slash = text.length() > start + 1 && text.endsWith("/") && !text.endsWith("//");
        return text.substring(start, text.length() - (slash ? 1 : 0));
    }

    /** The path that a text names as it stands, for example in a commit, or why it names none. */
    public static ScratchPath parse(String text) throws PathRefused {
        if (text.startsWith("/")) {
            throw new PathRefused(PathRefused.Code.ABSOLUTE, text);
        }
        var names = text.split("/", -1);
        if (text.length() > MAX_CHARS || names.length > MAX_SEGMENTS) {
            throw new PathRefused(PathRefused.Code.BAD_NAME, text);
        }
        var segments = new ArrayList<Path>();
        for (var name : names) {
            segments.add(segment(name, text));
        }
        return new ScratchPath(text, segments);
    }

    private static Path segment(String name, String text) throws PathRefused {
        if (name.equals("..")) {
            throw new PathRefused(PathRefused.Code.PARENT, text);
        }
        if (name.isEmpty() || name.equals(".") || !isWritable(name)) {
            throw new PathRefused(PathRefused.Code.BAD_NAME, text);
        }
        if (GitName.resembles(name)) {
            throw new PathRefused(PathRefused.Code.GIT, text);
        }
        return Path.of(name);
    }

    /** Whether a file can be called so. A lone surrogate, for one, has no bytes in UTF-8. */
    private static boolean isWritable(String name) {
        if (name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return false;
        }
        try {
            var path = CharBuffer.wrap(Path.of(name).toString());
            return StandardCharsets.UTF_8.newEncoder().encode(path).remaining() <= MAX_NAME_BYTES;
        } catch (CharacterCodingException | InvalidPathException e) {
            return false;
        }
    }

    /** Whether a name found on disk is one that a text could name, alone in its directory. */
    static boolean isPlain(Path name) {
        var text = name.toString();
        try {
            // A name that is not UTF-8 reads as text with replacement characters, which is another name.
            return segment(text, text).equals(name);
        } catch (PathRefused e) {
            return false;
        }
    }

    public List<Path> parents() {
        return segments.subList(0, segments.size() - 1);
    }

    public Path name() {
        return segments.getLast();
    }
}
