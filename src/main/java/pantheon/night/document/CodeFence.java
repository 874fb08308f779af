package pantheon.night.document;

import java.util.regex.Pattern;

/** The fences of code blocks, line for line. */
final class CodeFence {
    private static final Pattern OPENING = Pattern.compile(" {0,3}(`{3,}(?=[^`]*$)|~{3,}).*", Pattern.DOTALL);

    private CodeFence() {}

    /**
     * The fence of the code that goes on behind a line, empty where there is none.
     *
     * @param open the fence of the code in which the line stands, empty where it stands in none
     */
    static String behind(String open, String line) {
        if (open.isEmpty()) {
            var fence = OPENING.matcher(line);
            return fence.matches() ? fence.group(1) : "";
        }
        var text = line.strip();
        boolean closes =
                text.startsWith(open) && text.replace(open.substring(0, 1), "").isEmpty();
        return closes ? "" : open;
    }
}
