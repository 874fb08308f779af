package pantheon.night.engine.onnx;

/**
 * What a run of a graph takes: the same number of tokens for each of some rows.
 *
 * @param ids row after row
 * @param befores how many tokens each row has
 * @param wanted the places in ids behind which logits are wanted, rising, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Feed(int[] ids, int[] befores, int[] wanted) {
    /** Tokens of one row, with logits behind so many of the last. */
    static Feed of(int[] ids, int before, int wanted) {
        var places = new int[wanted];
        for (int i = 0; i < wanted; i++) {
            places[i] = ids.length - wanted + i;
        }
        return new Feed(ids, new int[] {before}, places);
    }

    int rows() {
        return befores.length;
    }

    /** Tokens a row. */
    int count() {
        return ids.length / befores.length;
    }

    /** The most tokens that a row has with these. */
    int most() {
        int most = 0;
        for (int before : befores) {
            most = Math.max(most, before + count());
        }
        return most;
    }

    /** How many of the last tokens of a row hold all that are wanted of it. */
    int kept() {
        int kept = 1;
        for (int place : wanted) {
            kept = Math.max(kept, count() - place % count());
        }
        return kept;
    }
}
