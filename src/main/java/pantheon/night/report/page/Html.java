package pantheon.night.report.page;

import java.util.ArrayDeque;
import java.util.Deque;
import pantheon.night.VisibleText;

/** HTML while it is being written: elements nest, and text and attributes are escaped whatever they are. */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values, in turn
     */
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that has no end. */
    Html single(String tag, String... attributes) {
        start(tag, attributes);
        return this;
    }

    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** One line of text. */
    Html text(String text) {
        escape(VisibleText.line(text));
        return this;
    }

    /** Text with its lines. */
    Html lines(String text) {
        escape(VisibleText.block(text));
        return this;
    }

    Html newLine() {
        out.append('\n');
        return this;
    }

    /** What ships with the program and is HTML, style or script already. */
    Html trusted(String ours) {
        out.append(ours);
        return this;
    }

    int length() {
        return out.length();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(VisibleText.line(attributes[i + 1]));
            out.append('"');
        }
        out.append('>');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements are still open: " + open);
        }
        return out.toString();
    }
}
