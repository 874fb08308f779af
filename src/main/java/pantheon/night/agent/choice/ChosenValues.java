package pantheon.night.agent.choice;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.engine.Generation;
import pantheon.night.outcome.Scoring;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.tool.Offer;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.JsonNode;

/**
 * Finds the values that a turn chose in its text, and how likely they were.
 *
 * <p>A value stands where another text in its place is read as the same call with another value there; so nothing need
 * be known of how the format writes calls.
 *
 * @param types of the tools' arguments
 */
public record ChosenValues(ChatFormat format, ArgumentTypes types) {
    /** A number that is unlike others. */
    private static final long OTHER = 987_654_321;

    /**
     * What became of the offers of a turn.
     *
     * @param calls those that the turn made
     */
    public List<Chosen> of(List<Offer> offers, Generation generation, List<ToolCall> calls) {
        return offers.stream().map(offer -> of(offer, generation, calls)).toList();
    }

    private Chosen of(Offer offer, Generation generation, List<ToolCall> calls) {
        var given = calls.stream()
                .filter(call ->
                        call.name().equals(offer.tool()) && call.arguments().has(offer.argument()))
                .toList();
        var likelihood = given.size() == 1 && calls.size() == 1
                ? likelihood(offer, generation, given.getFirst())
                : OptionalDouble.empty();
        return new Chosen(
                offer,
                given.stream()
                        .map(call -> call.arguments().get(offer.argument()))
                        .findFirst(),
                likelihood,
                likelihood.isPresent() ? generation.likelihood().scoring(offer.argument()) : Scoring.PATH);
    }

    private OptionalDouble likelihood(Offer offer, Generation generation, ToolCall call) {
        var written = written(offer.argument(), generation.text(), call);
        if (written.isEmpty()) {
            return OptionalDouble.empty();
        }
        int from = bytes(written.get().before());
        int to = from + bytes(written.get().value()) + 1; // what ends it belongs to it: "java" is no "javascript"
        return generation.likelihood().of(offer.argument(), from, to);
    }

    /**
     * A value where it stands in a turn.
     *
     * @param value as it is written, quotes left out
     */
    record Written(String before, String value, String behind) {}

    /** Where a call's argument stands in the turn that makes the call. */
    Optional<Written> written(String argument, String text, ToolCall call) {
        for (var writing : writings(call.arguments().required(argument))) {
            for (int at = text.indexOf(writing); at >= 0; at = text.indexOf(writing, at + 1)) {
                if (isThere(text, at, writing, argument, call)) {
                    return Optional.of(
                            new Written(text.substring(0, at), writing, text.substring(at + writing.length())));
                }
            }
        }
        return Optional.empty();
    }

    /** How another value would be written in that place; empty where that would not be read as the same call with it. */
    Optional<String> written(Written place, JsonNode value, String argument, ToolCall call) {
        var wanted = Json.write(call.arguments().deepCopy().set(argument, value));
        return writings(value).stream()
                .filter(writing -> calls(place.before() + writing + place.behind())
                        .map(found -> Json.write(found.arguments()).equals(wanted))
                        .orElse(false))
                .findFirst();
    }

    /** The one call that a turn makes. */
    Optional<ToolCall> calls(String text) {
        try {
            var read = format.parse(text, types);
            return read.size() == 1
                    ? Optional.of(
                            new ToolCall(read.getFirst().name(), read.getFirst().arguments()))
                    : Optional.empty();
        } catch (MalformedReply e) {
            return Optional.empty();
        }
    }

    /** How a value may be written, quotes left out. */
    private static Set<String> writings(JsonNode value) {
        var json = Json.write(value);
        return value.isString()
                ? new LinkedHashSet<>(List.of(json.substring(1, json.length() - 1), value.stringValue()))
                : Set.of(json);
    }

    private boolean isThere(String text, int at, String writing, String argument, ToolCall call) {
        boolean isText = call.arguments().get(argument).isString();
        var other = isText ? writing + "x" : String.valueOf(OTHER);
        var wanted = call.arguments().deepCopy();
        if (isText) {
            wanted.put(argument, call.arguments().get(argument).stringValue() + "x");
        } else {
            wanted.put(argument, OTHER);
        }
        return calls(text.substring(0, at) + other + text.substring(at + writing.length()))
                .map(found -> Json.write(found.arguments()).equals(Json.write(wanted)))
                .orElse(false);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
