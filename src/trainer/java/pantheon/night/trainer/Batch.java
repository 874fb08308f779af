package pantheon.night.trainer;

import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one training step, as {@link TinyQwenScript} wants them.
 *
 * @param rows number of rows B
 * @param length tokens per row T, padded
 * @param ids B times T token ids
 * @param position for each of B times M asked places, its position in the row
 * @param place the same, counted over all rows
 * @param kept which of the asked places are not padding
 * @param targets for each kept place, the token that follows it
 * @param row for each kept place, its row
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way to native code; never compared
record Batch(int rows, int length, long[] ids, long[] position, long[] place, long[] kept, long[] targets, int[] row) {

    /** Lays examples side by side; an example's first token is never asked for, as the prefix's end predicts it. */
    static Batch of(List<Example> examples) {
        int rows = examples.size();
        int length = examples.stream()
                .mapToInt(example -> example.length() - 1)
                .max()
                .orElseThrow();
        int asked = examples.stream().mapToInt(Batch::asked).max().orElseThrow();
        int total = examples.stream().mapToInt(Batch::asked).sum();
        long[] ids = new long[rows * length];
        long[] position = new long[rows * asked];
        long[] place = new long[rows * asked];
        long[] kept = new long[total];
        long[] targets = new long[total];
        int[] keptRow = new int[total];
        int k = 0;
        for (int row = 0; row < rows; row++) {
            Example example = examples.get(row);
            int slot = row * asked;
            Arrays.fill(place, slot, slot + asked, (long) row * length);
            for (int i = 0; i + 1 < example.length(); i++) {
                ids[row * length + i] = example.tokens()[i];
                if (example.learned()[i + 1]) {
                    position[slot] = i;
                    place[slot] = (long) row * length + i;
                    kept[k] = slot;
                    targets[k] = example.tokens()[i + 1];
                    keptRow[k] = row;
                    slot++;
                    k++;
                }
            }
        }
        return new Batch(rows, length, ids, position, place, kept, targets, keptRow);
    }

    private static int asked(Example example) {
        int count = example.learnedTokens();
        return example.learned()[0] ? count - 1 : count;
    }

    /** Tokens that the step works through, padding included and prefix not. */
    int tokens() {
        return ids.length;
    }

    /** [length, prefix + length]: zero where a token of a row may look, minus infinity at its future. */
    float[] mask(int prefix) {
        int width = prefix + length;
        float[] mask = new float[length * width];
        for (int i = 0; i < length; i++) {
            Arrays.fill(mask, i * width + prefix + i + 1, (i + 1) * width, Float.NEGATIVE_INFINITY);
        }
        return mask;
    }

    /** How well predictions for the kept places hit their targets. */
    Score score(long[] predictions) {
        boolean[] whole = new boolean[rows];
        Arrays.fill(whole, true);
        int right = 0;
        for (int i = 0; i < targets.length; i++) {
            if (predictions[i] == targets[i]) {
                right++;
            } else {
                whole[row[i]] = false;
            }
        }
        int wholeRows = 0;
        for (boolean exact : whole) {
            wholeRows += exact ? 1 : 0;
        }
        return new Score(targets.length, right, rows, wholeRows);
    }
}
