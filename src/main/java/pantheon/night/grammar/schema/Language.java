package pantheon.night.grammar.schema;

/**
 * A set of strings with a name: those in which a pattern is found, or those of a format, or all others.
 *
 * @param source the pattern's or the format's own text
 */
record Language(Kind kind, String source, boolean negated) {
    enum Kind {
        PATTERN,
        FORMAT
    }

    Language opposite() {
        return new Language(kind, source, !negated);
    }
}
