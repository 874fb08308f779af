package pantheon.night.model.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;

/**
 * What a file says of itself, by keys such as {@code general.architecture}. Each way to ask throws a
 * {@link NightException} with exit code 65 where the value is of another kind.
 */
public final class GgufMetadata {
    private final Path file;
    private final Map<String, GgufValue> values;

    GgufMetadata(Path file, Map<String, GgufValue> values) {
        this.file = file;
        this.values = KeptOrder.map(values);
    }

    /** The keys, in the file's order. */
    public Set<String> keys() {
        return values.keySet();
    }

    public @Nullable GgufValue value(String key) {
        return values.get(key);
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> switch (value) {
            case GgufValue.Text text -> text.value();
            default -> throw other(key, value, "a text");
        });
    }

    public OptionalLong whole(String key) {
        return switch (values.get(key)) {
            case null -> OptionalLong.empty();
            case GgufValue.Whole whole -> OptionalLong.of(whole.value());
            case GgufValue value -> throw other(key, value, "an integer");
        };
    }

    /** A number, also one that the file has as an integer. */
    public OptionalDouble decimal(String key) {
        return switch (values.get(key)) {
            case null -> OptionalDouble.empty();
            case GgufValue.Decimal decimal -> OptionalDouble.of(decimal.value());
            case GgufValue.Whole whole -> OptionalDouble.of((double) whole.value());
            case GgufValue value -> throw other(key, value, "a number");
        };
    }

    public Optional<Boolean> flag(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> switch (value) {
            case GgufValue.Flag flag -> flag.value();
            default -> throw other(key, value, "true or false");
        });
    }

    /** A list of texts; empty where the key is missing. */
    public List<String> texts(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case GgufValue.Texts texts -> texts.values();
            case GgufValue value -> throw other(key, value, "a list of texts");
        };
    }

    /** A list of integers; empty where the key is missing. */
    public List<Long> wholes(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case GgufValue.Wholes wholes -> wholes.values();
            case GgufValue value -> throw other(key, value, "a list of integers");
        };
    }

    /** A list of numbers with fractions; empty where the key is missing. */
    public List<Double> decimals(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case GgufValue.Decimals decimals -> decimals.values();
            case GgufValue value -> throw other(key, value, "a list of numbers with fractions");
        };
    }

    private NightException other(String key, GgufValue value, String expected) {
        return new NightException(
                ExitCode.DATA,
                "%s: %s is %s; expected %s. Get the file from its source again."
                        .formatted(file, key, value.kind(), expected));
    }
}
