package pantheon.night.document.fence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.document.fence.LanguageModel.Sample;

/** The languages of a repository's code fences, and what tells them apart, learnt from the fences that say theirs. */
public final class RepositoryLanguages {
    /** So many fences of a language are learnt from; more teach the same again. */
    static final int MOST_SAMPLES = 120;

    private final LanguageModel model;
    private final BareShares shares;
    /** Language → the folder or document that uses it → word → how often. */
    private final Map<String, Map<String, Map<String, Integer>>> words = new TreeMap<>();

    /**
     * A fence that says its language.
     *
     * @param path that of its document
     * @param word the language as it is written
     */
    public record Labelled(String path, String word, String code) {}

    /**
     * A language that a fence may be of.
     *
     * @param word how the document, its folders or the repository call it
     * @param probability of it, among all languages that the model knows
     */
    public record Candidate(String word, double probability) {}

    private RepositoryLanguages(LanguageModel model, BareShares shares) {
        this.model = model;
        this.shares = shares;
    }

    /**
     * Learns a repository's fences.
     *
     * @param before what is known without them
     * @param bare what stands in those that say no language
     */
    public static RepositoryLanguages of(LanguageModel before, List<Labelled> fences, List<String> bare) {
        var samples = samples(fences);
        var model = before.learnt(samples);
        var languages = new RepositoryLanguages(model, BareShares.of(model, samples, bare));
        fences.forEach(languages::count);
        return languages;
    }

    /** No code twice, and of each language some, evenly from all over. */
    private static List<Sample> samples(List<Labelled> fences) {
        var seen = new HashSet<String>();
        var byLanguage = new TreeMap<String, List<Sample>>();
        fences.stream()
                .filter(fence -> seen.add(fence.code()))
                .map(fence -> new Sample(LanguageWords.language(fence.word()), fence.code()))
                .forEach(sample -> byLanguage
                        .computeIfAbsent(sample.language(), language -> new ArrayList<>())
                        .add(sample));
        return byLanguage.values().stream()
                .flatMap(samples -> some(samples).stream())
                .toList();
    }

    private static List<Sample> some(List<Sample> samples) {
        int size = samples.size();
        if (size <= MOST_SAMPLES) {
            return samples;
        }
        var some = new ArrayList<Sample>();
        for (int i = 0; i < MOST_SAMPLES; i++) {
            some.add(samples.get((int) ((long) i * size / MOST_SAMPLES)));
        }
        return some;
    }

    private void count(Labelled fence) {
        var places = words.computeIfAbsent(LanguageWords.language(fence.word()), language -> new HashMap<>());
        for (var place = fence.path(); ; place = folder(place)) {
            places.computeIfAbsent(place, path -> new TreeMap<>()).merge(fence.word(), 1, Integer::sum);
            if (place.isEmpty()) {
                return;
            }
        }
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * What a fence may be of, likeliest first: the languages that the repository uses, and {@code text}.
     *
     * @param path that of its document
     */
    public List<Candidate> rank(String path, String code) {
        var used = new HashSet<>(words.keySet());
        used.add(LanguageWords.TEXT);
        return shares.adjusted(model.likely(code)).entrySet().stream()
                .filter(entry -> used.contains(entry.getKey()))
                .map(entry -> new Candidate(word(entry.getKey(), path), entry.getValue()))
                .sorted(Comparator.comparingDouble(Candidate::probability)
                        .reversed()
                        .thenComparing(Candidate::word))
                .toList();
    }

    /** The word that is used most, nearest to the document. */
    private String word(String language, String path) {
        var places = words.getOrDefault(language, Map.of());
        for (var place = path; ; place = folder(place)) {
            var found = places.get(place);
            if (found != null) {
                return most(found);
            }
            if (place.isEmpty()) {
                return language;
            }
        }
    }

    private static String most(Map<String, Integer> words) {
        return words.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }
}
