package pantheon.night.document.link;

import java.util.regex.Pattern;

/**
 * A link, an image or a definition of either in a Markdown text.
 *
 * @param line where its destination stands, from 1
 * @param start the place of the destination's first character
 * @param destination as it is written, without angle brackets
 * @param text what a reader sees of it, as it is written; the label of a definition
 */
public record Link(int line, int start, String destination, String text) {
    private static final Pattern OTHER = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*|//.*|[?#].*", Pattern.DOTALL);
    /** What a program fills in, or no path has. */
    private static final Pattern NO_PATH = Pattern.compile("[{}<>$|@*\"`^]|%(?!20)|&\\w+;|\\\\");

    public Link {
        if (line < 1 || start < 0) {
            throw new IllegalArgumentException("line %d, place %d".formatted(line, start));
        }
    }

    /** Whether it is meant for a file of the repository: no address, no template, no place on its own page. */
    public boolean isPath() {
        return !path().isEmpty()
                && !OTHER.matcher(destination).matches()
                && !NO_PATH.matcher(destination).find();
    }

    /** Its path, without what stands behind {@code ?} and {@code #}. */
    public String path() {
        return destination.substring(0, pathEnd()).replace("%20", " ");
    }

    /** What stands behind its path, with {@code ?} or {@code #}; empty where nothing does. */
    public String rest() {
        return destination.substring(pathEnd());
    }

    /** The place on the page, without {@code #}; empty where there is none. */
    public String anchor() {
        int at = destination.indexOf('#');
        return at < 0 ? "" : destination.substring(at + 1);
    }

    private int pathEnd() {
        int end = 0;
        while (end < destination.length() && "?#".indexOf(destination.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
