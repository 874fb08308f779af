package pantheon.night.acceptance.part;

import pantheon.night.contract.Json;

/** Foreign text in a message: on one line, in quotes, and not longer than a person reads. */
public final class Excerpt {
    private static final int MOST_CHARS = 120;

    private Excerpt() {}

    public static String of(String text) {
        int end = text.length() > MOST_CHARS && Character.isHighSurrogate(text.charAt(MOST_CHARS - 1))
                ? MOST_CHARS - 1
                : MOST_CHARS;
        return text.length() <= MOST_CHARS ? Json.quote(text) : Json.quote(text.substring(0, end)) + "…";
    }
}
