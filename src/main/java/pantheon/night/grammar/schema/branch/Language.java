package pantheon.night.grammar.schema.branch;

/**
 * A set of strings with a name: those in which a pattern is found, or those of a format, or all others.
 *
 * @param source the pattern's or the format's own text
 */
public record Language(Kind kind, String source, boolean negated) {
    public enum Kind {
        PATTERN,
        FORMAT
    }

    public Language opposite() {
        return new Language(kind, source, !negated);
    }
}
