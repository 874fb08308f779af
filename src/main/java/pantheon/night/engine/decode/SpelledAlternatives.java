package pantheon.night.engine.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pantheon.night.engine.Alternatives;

/**
 * Texts that could stand in one place of a turn, as tokens of whole turns.
 *
 * @param common what all turns begin with
 * @param rests what each goes on with, up to the token in which the text has ended; 1 token or more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpelledAlternatives(int[] common, List<int[]> rests) {
    /** Empty where the tokens do not spell the texts byte by byte, or one text's tokens begin another's. */
    static Optional<SpelledAlternatives> of(Alternatives alternatives, Spelling spelling) {
        var turns = new ArrayList<int[]>();
        for (var value : alternatives.values()) {
            var begun = alternatives.before() + value;
            var turn = spelling.encode(begun + alternatives.behind());
            int count = spelling.tokensOf(turn, begun.getBytes(StandardCharsets.UTF_8).length + 1);
            if (count < 0) {
                return Optional.empty();
            }
            turns.add(Arrays.copyOf(turn, count));
        }
        int common = turns.stream()
                .mapToInt(turn -> alike(turns.getFirst(), turn))
                .min()
                .orElse(0);
        var rests = turns.stream()
                .map(turn -> Arrays.copyOfRange(turn, common, turn.length))
                .toList();
        return rests.stream().allMatch(rest -> rest.length > 0)
                ? Optional.of(new SpelledAlternatives(Arrays.copyOf(turns.getFirst(), common), rests))
                : Optional.empty();
    }

    private static int alike(int[] first, int[] other) {
        int parting = Arrays.mismatch(first, other);
        return parting < 0 ? first.length : parting;
    }

    /** How many tokens the longest of the turns has. */
    int longest() {
        return common.length
                + rests.stream().mapToInt(rest -> rest.length).max().orElse(0);
    }
}
