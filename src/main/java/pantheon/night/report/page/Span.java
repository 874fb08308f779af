package pantheon.night.report.page;

import org.jspecify.annotations.Nullable;

/** A stretch of a line of text. */
public sealed interface Span {
    /** Words of ours or of anybody; written so that they are nothing but text. */
    record Text(String text) implements Span {}

    /** A name, path, hash or id. */
    record Code(String text) implements Span {}

    /**
     * A link.
     *
     * @param href a path relative to the page, already percent-encoded, or {@code #id}
     */
    record Link(String text, String href) implements Span {}

    /** A word that stands out. */
    record Mark(Tone tone, String text) implements Span {}

    /** What stands at the far end of its line. */
    record Aside(String text) implements Span {}

    /** A share between its bounds, each 0 to 1, as a small drawing; the figures stand in words beside it. */
    record Band(double low, double value, double high) implements Span {}

    static Span text(String text) {
        return new Text(text);
    }

    static Span code(String text) {
        return new Code(text);
    }

    /** A link, or the text alone where there is nothing to link to. */
    static Span link(String text, @Nullable String href) {
        return href == null ? new Text(text) : new Link(text, href);
    }
}
