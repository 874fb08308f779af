package pantheon.night.trainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.Prompt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scripted policy of {@code docops.front-matter} in place of a model: it answers each step as a perfect model
 * would, from nothing but the last tool result, and keeps what was said as segments to learn from.
 */
final class Oracle implements Conversation {
    private static final ControlText CONTROL = ControlToken.FORMAT.control(List.of());

    private final Map<String, Map<String, String>> allowedBySpelling;
    private final List<Segment> segments = new ArrayList<>();
    private String said = "";
    private ObjectNode values = Json.object();

    /**
     * @param prefix the static prompt, which is no part of the segments
     * @param allowedBySpelling key → spelling in lower case → allowed value; the empty spelling is the default
     */
    Oracle(String prefix, Map<String, Map<String, String>> allowedBySpelling) {
        this.said = prefix;
        this.allowedBySpelling = allowedBySpelling;
    }

    /** The conversation so far, without the static prompt. */
    List<Segment> segments() {
        return List.copyOf(segments);
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        if (!prompt.text().startsWith(said)) {
            throw new IllegalStateException("the prompt does not begin with what was said");
        }
        var heard = prompt.text().substring(said.length());
        var answer = next(segments.isEmpty() ? null : lastResult(heard));
        segments.add(new Segment(heard, false));
        segments.add(new Segment(answer + ControlToken.TURN_END, true));
        said = prompt.text() + answer + ControlToken.TURN_END;
        return new Generation(answer, StopReason.END_OF_TURN, new Usage(0, 0, 1), Duration.ZERO, Duration.ZERO);
    }

    /** A result is the one JSON object of a line that is not the task's input. */
    private static @Nullable JsonNode lastResult(String heard) {
        return heard.lines()
                .filter(line -> line.startsWith("{"))
                .reduce((before, last) -> last)
                .map(Json::parse)
                .orElse(null);
    }

    private String next(@Nullable JsonNode result) {
        if (result == null) {
            return call("read_front_matter", Json.object());
        }
        if (result.has("error")) {
            return fail(result.get("error").stringValue().equals("empty_slug") ? "no_title" : "unreadable");
        }
        if (result.has("values")) {
            return afterReading(result);
        }
        if (result.has("slug")) {
            var all = Json.object();
            all.set("title", values.get("title"));
            all.set("slug", result.get("slug"));
            all.setAll(values.without("title"));
            return call("set_front_matter", Json.object().set("values", all));
        }
        return call("final", Json.object().put("status", "done"));
    }

    private String afterReading(JsonNode result) {
        var written = result.get("values");
        var title = result.get("heading").isString() ? result.get("heading") : written.path("title");
        if (title.asString("").isBlank()) {
            return fail("no_title");
        }
        values = Json.object().set("title", title);
        for (var key : allowedBySpelling.keySet()) {
            var spelling = written.path(key)
                    .asString("")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[\\s_-]+", " ");
            values.put(key, allowedBySpelling.get(key).getOrDefault(spelling, spelling));
        }
        result.path("older").properties().forEach(older -> values.set(older.getKey(), older.getValue()));
        return call("slug_of", Json.object().set("text", title));
    }

    private static String fail(String reason) {
        return call("final", Json.object().put("status", "fail").put("reason", reason));
    }

    private static String call(String name, JsonNode arguments) {
        return ControlToken.CALL.written(name, CONTROL.write(arguments));
    }

    @Override
    public int countTokens(String text) {
        return text.length();
    }

    @Override
    public void close() {}
}
