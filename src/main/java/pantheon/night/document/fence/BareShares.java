package pantheon.night.document.fence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.KeptOrder;
import pantheon.night.document.fence.LanguageModel.Sample;

/**
 * How much more often a repository's fences without a language are of each language than those that were learnt from: what
 * people leave bare is not what they label. It is found from what the model says of the bare ones themselves, by expectation
 * and maximisation (Saerens, Latinne, Decaestecker: Adjusting the Outputs of a Classifier to New a Priori Probabilities, 2002),
 * and held back, since what the model says is not certain.
 *
 * @param factors language → what its probability is multiplied by before all come to one again
 */
record BareShares(Map<String, Double> factors) {
    /** So many bare fences are looked at, evenly from all over. */
    static final int MOST_FENCES = 1_000;

    private static final int ROUNDS = 8;
    /** For how many bare fences the shares count that the labelled ones have. */
    private static final double LABELLED = 50;
    /** What a language counts of which there is no fence. */
    private static final double UNSEEN = 0.5;
    /** The exponent that holds the factors back, as measured on fences that people labelled later. */
    private static final double PART = 0.4;

    BareShares {
        factors = KeptOrder.map(factors);
    }

    /**
     * Of a repository.
     *
     * @param samples what the model learnt of it
     * @param codes what stands in its bare fences
     */
    static BareShares of(LanguageModel model, List<Sample> samples, List<String> codes) {
        var said = some(codes).stream().map(model::likely).toList();
        var labelled = labelled(model, samples);
        var shares = new BareShares(Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            var now = shares;
            shares = of(labelled, said.stream().map(now::adjusted).toList());
        }
        return shares;
    }

    private static List<String> some(List<String> codes) {
        int taken = Math.min(codes.size(), MOST_FENCES);
        var some = new ArrayList<String>();
        for (int i = 0; i < taken; i++) {
            some.add(codes.get((int) ((long) i * codes.size() / taken)));
        }
        return some;
    }

    /** The part of the samples that each language has. */
    private static Map<String, Double> labelled(LanguageModel model, List<Sample> samples) {
        var counts = new LinkedHashMap<String, Double>();
        model.languages().forEach(language -> counts.put(language, UNSEEN));
        samples.forEach(sample -> counts.merge(sample.language(), 1.0, Double::sum));
        double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        counts.replaceAll((language, count) -> count / all);
        return counts;
    }

    private static BareShares of(Map<String, Double> labelled, List<Map<String, Double>> said) {
        var factors = new LinkedHashMap<String, Double>();
        labelled.forEach((language, share) -> {
            double bare = LABELLED * share;
            for (var one : said) {
                bare += one.getOrDefault(language, 0.0);
            }
            factors.put(language, StrictMath.pow(bare / (LABELLED + said.size()) / share, PART));
        });
        return new BareShares(factors);
    }

    /** What is likely of a bare fence, where something was likely of a labelled one. */
    Map<String, Double> adjusted(Map<String, Double> likely) {
        var adjusted = new LinkedHashMap<String, Double>();
        double all = 0;
        for (var entry : likely.entrySet()) {
            double now = entry.getValue() * factors.getOrDefault(entry.getKey(), 1.0);
            adjusted.put(entry.getKey(), now);
            all += now;
        }
        double sum = all;
        adjusted.replaceAll((language, now) -> now / sum);
        return adjusted;
    }
}
