package pantheon.night.engine;

import java.util.Locale;

/** How the tokens behind a prompt are computed; part of what decides how a model answers. */
public enum Decoding {
    /** One by one, as a model that is asked for each. */
    EXACT,
    /**
     * Several of a turn in one run, where it is known or likely what they are: those that must come, and those that followed
     * the turn's last tokens where they stood before. Likely ones stay as far as the logits behind each pick the same.
     */
    FAST;

    /** As the configuration has it. */
    public static Decoding named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As the configuration and the journal have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
