package pantheon.night.model.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.decoder.Family;
import pantheon.night.model.decoder.Rotary;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufMetadata;
import pantheon.night.model.gguf.GgufValue;
import pantheon.night.model.weight.GgufRows;

/** Reads a decoder's measures from the metadata of a GGUF file, and refuses by name what would change how it computes. */
final class GgufShape {
    private static final String DIVISORS = "rope_freqs.weight";
    /** What is read below. */
    private static final Set<String> READ = Set.of(
            "block_count",
            "context_length",
            "embedding_length",
            "feed_forward_length",
            "attention.head_count",
            "attention.head_count_kv",
            "attention.key_length",
            "attention.value_length",
            "attention.layer_norm_rms_epsilon",
            "rope.freq_base",
            "rope.dimension_count",
            "rope.scaling.type",
            "rope.scaling.factor",
            "rope.scaling.original_context_length",
            "rope.scaling.finetuned",
            "rope.scale_linear",
            "vocab_size");
    /** What changes nothing while it is that. */
    private static final List<Harmless> HARMLESS = List.of(
            new Harmless("expert_count", new GgufValue.Whole(0)),
            new Harmless("expert_used_count", new GgufValue.Whole(0)),
            new Harmless("use_parallel_residual", new GgufValue.Flag(false)),
            new Harmless("attention.causal", new GgufValue.Flag(true)),
            new Harmless("tensor_data_layout", new GgufValue.Text("Meta AI original pth")));

    private record Harmless(String key, GgufValue value) {}

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final Family family;

    private GgufShape(GgufFile file, Family family) {
        this.file = file;
        metadata = file.metadata();
        this.family = family;
    }

    /**
     * The measures of a file's decoder.
     *
     * @throws NightException with exit code 65 where it is of no known family, or computes in a way that is not known
     */
    static DecoderShape of(GgufFile file) {
        var architecture = file.metadata().text("general.architecture").orElse("");
        var family = Family.of(architecture)
                .orElseThrow(() -> Foreign.unknown(
                        file.path(),
                        architecture.isEmpty()
                                ? "it does not say of which architecture it is"
                                : "its architecture is %s".formatted(VisibleText.line(architecture)),
                        "Take a model of one of the families %s, or run this one in llama.cpp's server."
                                .formatted(Family.known())));
        return new GgufShape(file, family).shape();
    }

    private DecoderShape shape() {
        requireKnown();
        int heads = number("attention.head_count");
        int width = number("embedding_length");
        int headWidth = number("attention.key_length", heads == 0 ? 0 : width / heads);
        requireOneWidth(headWidth);
        try {
            return new DecoderShape(
                    family,
                    number("block_count"),
                    width,
                    heads,
                    number("attention.head_count_kv", heads),
                    headWidth,
                    number("feed_forward_length"),
                    vocabulary(),
                    number("context_length"),
                    (float) decimal("attention.layer_norm_rms_epsilon", 0),
                    rotary(headWidth));
        } catch (IllegalArgumentException e) {
            throw Foreign.broken(file.path(), "its metadata say " + e.getMessage());
        }
    }

    private void requireKnown() {
        for (var key : metadata.keys()) {
            if (key.startsWith(family.key() + ".")) {
                var name = key.substring(family.key().length() + 1);
                boolean harmless = isHarmless(name, metadata.value(key));
                if (!READ.contains(name) && !harmless) {
                    throw Foreign.unknown(
                            file.path(),
                            "its metadata have %s, and what that changes is not known here"
                                    .formatted(VisibleText.line(key)),
                            "Run it in llama.cpp's server, or take a model without it.");
                }
            }
        }
    }

    private static boolean isHarmless(String name, @Nullable GgufValue value) {
        return HARMLESS.stream()
                .anyMatch(known -> known.key().equals(name) && known.value().equals(value));
    }

    private void requireOneWidth(int headWidth) {
        int values = number("attention.value_length", headWidth);
        int turned = number("rope.dimension_count", headWidth);
        if (values != headWidth || turned != headWidth) {
            throw Foreign.unknown(
                    file.path(),
                    "of a head's %d numbers it turns %d, and its values have %d; only the same of all is known here"
                            .formatted(headWidth, turned, values),
                    "Run it in llama.cpp's server.");
        }
    }

    private int vocabulary() {
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE, file.tensor("token_embd.weight").rows()));
    }

    private Rotary rotary(int headWidth) {
        var rotary = Rotary.of(decimal("rope.freq_base", 10_000), headWidth);
        var type = metadata.text(key("rope.scaling.type")).orElse("linear");
        double factor = decimal("rope.scaling.factor", decimal("rope.scale_linear", 1));
        if (!type.equals("none") && !type.equals("linear")) {
            throw Foreign.unknown(
                    file.path(),
                    "it stretches its context by %s".formatted(VisibleText.line(type)),
                    "Take the model without it, or run it in llama.cpp's server.");
        }
        var divided = divided(rotary);
        return type.equals("none") || factor == 0 ? divided : divided.dividedBy(factor);
    }

    /** Llama 3's way to stretch a context: a divisor for each pair, as a tensor. */
    private Rotary divided(Rotary rotary) {
        var divisors = file.tensors().get(DIVISORS);
        if (divisors == null) {
            return rotary;
        }
        if (divisors.size() != rotary.pairs()) {
            throw Foreign.broken(
                    file.path(), "%s has %d numbers; expected %d".formatted(DIVISORS, divisors.size(), rotary.pairs()));
        }
        var numbers = GgufRows.of(file, divisors).only();
        var list = new ArrayList<Double>();
        for (float number : numbers) {
            list.add((double) number);
        }
        return rotary.dividedBy(list);
    }

    private String key(String name) {
        return family.key() + "." + name;
    }

    private int number(String name) {
        var value = metadata.whole(key(name));
        if (value.isEmpty()) {
            throw Foreign.broken(file.path(), "its metadata have no " + key(name));
        }
        return Math.toIntExact(Math.clamp(value.getAsLong(), -1, Integer.MAX_VALUE));
    }

    private int number(String name, int otherwise) {
        return metadata.whole(key(name)).isEmpty() ? otherwise : number(name);
    }

    private double decimal(String name, double otherwise) {
        return metadata.decimal(key(name)).orElse(otherwise);
    }
}
