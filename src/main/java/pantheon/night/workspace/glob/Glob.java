package pantheon.night.workspace.glob;

import java.util.BitSet;
import java.util.List;

/**
 * A pattern for the paths of a workspace, as git and shells have them (gitignore(5), glob(7), and the braces of shells).
 *
 * <p>{@code *} and {@code ?} stop at a slash, and a dot at the front of a name is a character like any other, as git has
 * it. {@code **} followed by a slash stands for any number of folders, none too; any other {@code **} crosses folders.
 * Classes are {@code [abc]}, {@code [a-z]}, {@code [!a]}, {@code [^a]} and {@code [[:alpha:]]}; {@code {a,b}} is either;
 * a backslash takes the character behind it for itself. A leading {@code ./} means nothing.
 *
 * <p>It is matched in a time that grows with its length times the path's, whatever it is.
 */
public final class Glob {
    private final String text;
    private final List<List<GlobPart>> alternatives;

    private Glob(String text, List<List<GlobPart>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /**
     * The pattern of a text.
     *
     * @throws pantheon.night.NightException with exit code 64 where it is broken, absolute, or leads up
     */
    public static Glob of(String text) {
        var alternatives = GlobBraces.expand(text).stream()
                .map(alternative -> GlobParser.parse(alternative, text))
                .toList();
        return new Glob(text, alternatives);
    }

    /** Whether it matches a whole path. */
    public boolean matches(String path) {
        return alternatives.stream().anyMatch(parts -> matches(parts, path));
    }

    /** A set of places in the pattern up to which the path may have been read, moved on by each character. */
    private static boolean matches(List<GlobPart> parts, String path) {
        var places = new BitSet();
        enter(parts, 0, places);
        for (int c : path.codePoints().toArray()) {
            var next = new BitSet();
            places.stream().filter(place -> place < parts.size()).forEach(place -> step(parts, place, c, next));
            places = next;
        }
        return places.get(parts.size());
    }

    private static void enter(List<GlobPart> parts, int place, BitSet places) {
        int at = place;
        while (at < parts.size() && !(parts.get(at) instanceof GlobPart.One)) {
            places.set(at++); // it may stand for nothing
        }
        places.set(at);
    }

    private static void step(List<GlobPart> parts, int place, int c, BitSet next) {
        switch (parts.get(place)) {
            case GlobPart.One one -> {
                if (one.takes().test(c)) {
                    enter(parts, place + 1, next);
                }
            }
            case GlobPart.InName inName -> {
                if (c != '/') {
                    enter(parts, place, next);
                }
            }
            case GlobPart.Across across -> enter(parts, place, next);
            case GlobPart.Folders folders -> {
                next.set(place);
                if (c == '/') {
                    enter(parts, place, next);
                }
            }
        }
    }

    /** As it was given. */
    @Override
    public String toString() {
        return text;
    }
}
