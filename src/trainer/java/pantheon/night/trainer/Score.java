package pantheon.night.trainer;

/**
 * How many predictions hit.
 *
 * @param tokens learned tokens
 * @param right those predicted
 * @param documents whole examples
 * @param whole those with every learned token right
 */
record Score(int tokens, int right, int documents, int whole) {
    static final Score NONE = new Score(0, 0, 0, 0);

    Score plus(Score other) {
        return new Score(tokens + other.tokens, right + other.right, documents + other.documents, whole + other.whole);
    }

    /** Share of the tokens that are right; 0 where there are none. */
    double accuracy() {
        return tokens == 0 ? 0 : (double) right / tokens;
    }

    /** Share of the documents that are wholly right; 0 where there are none. */
    double wholeShare() {
        return documents == 0 ? 0 : (double) whole / documents;
    }
}
