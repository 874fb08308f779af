package pantheon.night.model.trained;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pantheon.night.Count;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/**
 * A trained model beside its base: what a trainer changes and does not tell.
 *
 * <p>Transformers puts another pre-tokenizer in the place of a folder's own for some architectures, and saves that; and it
 * writes the rotary base where other programs do not look. Both give other texts, and no error.
 */
public final class BaseComparison {
    /** Texts that the rules of pre-tokenizers cut in different ways. */
    private static final List<String> PROBES = List.of(
            "\n\n1. one\n22. two\r\n333 4444 55555",
            "It's WE'LL they'VE 'S don\u2019t",
            "na\u00efve e\u0301 \u0939\u093f\u0928\u094d\u0926\u0940 \u00bd \u2075 \u0663\u096a",
            "\u6771\u4eac333\u30e1\u30fc\u30c8\u30eb \ud55c\uad6d\uc5b4 \u0645\u0631\u062d\u0628\u0627",
            "if (a[i]!=b) {\n\t\treturn x; // ----\n}\n\n\n",
            "  two   three    \u00a0\u3000 end  ",
            "camelCase XMLHttp aB /x/y.z\n!?\n",
            "{\"name\": \"slug\", \"arguments\": {\"n\": [1, 20, 300]}}");

    private static final int EVERY = 37;
    /** The characters and ids that a message has at most. */
    private static final int SHOWN = 30;

    private final KnownModel trained;
    private final KnownModel base;
    private final List<String> told = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private BaseComparison(KnownModel trained, KnownModel base) {
        this.trained = trained;
        this.base = base;
    }

    /**
     * Compares a trained model with its base.
     *
     * @param folder a Hugging Face folder, or a GGUF file
     * @param from its base: one of the same
     * @return what differs and does no harm, a sentence each
     * @throws NightException with exit code 65 where the trained model would compute otherwise than it was trained, with
     *     all that differs
     */
    public static List<String> requireAlike(Path folder, Path from) {
        try (var trained = KnownModel.of(folder);
                var base = KnownModel.of(from)) {
            var comparison = new BaseComparison(trained, base);
            comparison.compareRotary();
            comparison.compareVocabulary();
            comparison.compareCuts();
            comparison.requireNothingWrong();
            return List.copyOf(comparison.told);
        }
    }

    private void compareRotary() {
        var ours = trained.rotary();
        var theirs = base.rotary();
        if (Math.abs(ours.theta() - theirs.theta()) > 1e-6 * theirs.theta()) {
            wrong.add(
                    "its rope_theta is %s, the base's %s: write the base's into its config.json if it was not changed on purpose"
                            .formatted(RotarySettings.number(ours.theta()), RotarySettings.number(theirs.theta())));
        }
        boolean known = Files.isDirectory(base.path()) && Files.isDirectory(trained.path());
        if (known && !ours.scaling().equals(theirs.scaling())) {
            wrong.add("its positions are stretched by %s, the base's by %s".formatted(written(ours), written(theirs)));
        }
    }

    private static String written(RotarySettings settings) {
        return settings.scaling().isEmpty() ? "nothing" : settings.scaling().toString();
    }

    private void compareVocabulary() {
        var ours = trained.tokenizer().vocabulary();
        var theirs = base.tokenizer().vocabulary();
        int shared = Math.min(ours.size(), theirs.size());
        var other = IntStream.range(0, shared)
                .filter(id -> !Arrays.equals(ours.bytes(id), theirs.bytes(id)))
                .boxed()
                .toList();
        if (!other.isEmpty()) {
            int first = other.getFirst();
            wrong.add("%s of its vocabulary differ, the first is %d: %s, the base's %s"
                    .formatted(
                            Count.of(other.size(), "token"),
                            first,
                            text(ours.bytes(first)),
                            text(theirs.bytes(first))));
        }
        if (ours.size() > shared) {
            told.add("it has tokens that its base has not: "
                    + IntStream.range(shared, ours.size())
                            .limit(10)
                            .mapToObj(id -> text(ours.bytes(id)))
                            .collect(Collectors.joining(", ")));
        } else if (theirs.size() > shared) {
            wrong.add("it has %d tokens, its base %d".formatted(ours.size(), theirs.size()));
        }
    }

    private static String text(byte[] bytes) {
        return Json.quote(new String(bytes, StandardCharsets.UTF_8));
    }

    private void compareCuts() {
        var texts = new ArrayList<>(PROBES);
        texts.add(sample());
        var other = texts.stream()
                .filter(text -> !trained.encoded(text).equals(base.encoded(text)))
                .toList();
        if (!other.isEmpty()) {
            var first = other.getFirst();
            wrong.add(
                    "%d of %d texts have other tokens, so %s is %s and not %s: the trainer has put another pre-tokenizer in its tokenizer.json. Put the base's file there if the training data were made with that, else train again"
                            .formatted(
                                    other.size(),
                                    texts.size(),
                                    Json.quote(first.substring(0, Math.min(first.length(), SHOWN))),
                                    shown(trained.encoded(first)),
                                    shown(base.encoded(first))));
        }
    }

    private static List<Integer> shown(List<Integer> ids) {
        return ids.subList(0, Math.min(ids.size(), SHOWN));
    }

    /** A text of many tokens of the base. */
    private String sample() {
        var vocabulary = base.tokenizer().vocabulary();
        return IntStream.range(0, vocabulary.size() / EVERY)
                .mapToObj(i -> new String(vocabulary.bytes(i * EVERY), StandardCharsets.UTF_8))
                .filter(text -> !base.tokenizer().controlTexts().contains(text))
                .collect(Collectors.joining("\n"));
    }

    private void requireNothingWrong() {
        if (!wrong.isEmpty()) {
            throw KnownModel.unusable(
                    trained.path(),
                    "is not %s, trained: %s".formatted(base.path(), String.join("; ", wrong)),
                    "Mend its folder, or take the model as it is, without a comparison.");
        }
    }
}
