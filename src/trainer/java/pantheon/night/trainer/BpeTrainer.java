package pantheon.night.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Learns the merges of a byte-level BPE from texts: over and over, the most frequent pair of neighbouring tokens within
 * a piece becomes a token. Ties go to the pair that sorts first, so the same texts give the same vocabulary.
 */
final class BpeTrainer {

    /** Two tokens that are merged, each written in the {@link ByteAlphabet}. */
    record Merge(String left, String right) {

        String joined() {
            return left + right;
        }
    }

    private static final Comparator<Map.Entry<Merge, Long>> BY_COUNT = Map.Entry.<Merge, Long>comparingByValue()
            .thenComparing(entry -> entry.getKey().left(), Comparator.reverseOrder())
            .thenComparing(entry -> entry.getKey().right(), Comparator.reverseOrder());

    private static final Pattern CONTROL = Pattern.compile(ControlToken.all().stream()
            .map(token -> Pattern.quote(token.text()))
            .collect(Collectors.joining("|")));

    private final Map<String, Long> pieceCounts = new HashMap<>();

    /** Counts a text's pieces. Control tokens in it are cut out first, as tokenizers do. */
    void add(String text) {
        add(text, 1);
    }

    /** Counts a text as if it came this many times. */
    void add(String text, long times) {
        for (String part : CONTROL.split(text, -1)) {
            for (String piece : PreTokenizer.pieces(part)) {
                pieceCounts.merge(ByteAlphabet.write(piece), times, Long::sum);
            }
        }
    }

    /**
     * The merges that fill a vocabulary of this size, which also holds the 256 bytes and the control tokens.
     *
     * @throws IllegalStateException where the texts are too few for that many merges
     */
    List<Merge> train(int vocabulary) {
        int wanted = vocabulary - 256 - ControlToken.all().size();
        Corpus corpus = new Corpus(pieceCounts);
        List<Merge> merges = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        while (tokens.size() < wanted) {
            Merge best = corpus.counts.entrySet().stream()
                    .max(BY_COUNT)
                    .filter(entry -> entry.getValue() > 0)
                    .orElseThrow(() -> new IllegalStateException(
                            "the texts hold only " + tokens.size() + " of " + wanted + " merged tokens"))
                    .getKey();
            merges.add(best);
            tokens.add(best.joined()); // two merges can give one text
            corpus.apply(best);
        }
        return merges;
    }

    /** The pieces as token lists, with the counts of neighbouring pairs kept up to date. */
    private static final class Corpus {
        private final List<List<String>> pieces = new ArrayList<>();
        private final List<Long> weights = new ArrayList<>();
        private final Map<Merge, Long> counts = new HashMap<>();
        private final Map<Merge, Set<Integer>> places = new HashMap<>();

        Corpus(Map<String, Long> pieceCounts) {
            pieceCounts.forEach((piece, count) -> {
                List<String> tokens =
                        piece.chars().mapToObj(Character::toString).toList();
                pieces.add(tokens);
                weights.add(count);
                count(pieces.size() - 1, 1);
            });
        }

        void apply(Merge merge) {
            for (int piece : List.copyOf(places.getOrDefault(merge, Set.of()))) {
                count(piece, -1);
                pieces.set(piece, merged(pieces.get(piece), merge));
                count(piece, 1);
            }
            counts.remove(merge);
        }

        private void count(int piece, int sign) {
            List<String> tokens = pieces.get(piece);
            for (int i = 0; i + 1 < tokens.size(); i++) {
                Merge pair = new Merge(tokens.get(i), tokens.get(i + 1));
                counts.merge(pair, sign * weights.get(piece), Long::sum);
                if (sign > 0) {
                    places.computeIfAbsent(pair, key -> new HashSet<>()).add(piece);
                }
            }
        }

        private static List<String> merged(List<String> tokens, Merge merge) {
            List<String> result = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                boolean pair = i + 1 < tokens.size()
                        && tokens.get(i).equals(merge.left())
                        && tokens.get(i + 1).equals(merge.right());
                result.add(pair ? merge.joined() : tokens.get(i));
                if (pair) {
                    i++;
                }
            }
            return result;
        }
    }
}
