package pantheon.night.report.page;

import java.util.Locale;

/** What a word or figure means for its reader; said by colour, and never by colour alone. */
public enum Tone {
    PLAIN,
    GOOD,
    WARN,
    BAD;

    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
