package pantheon.night.acceptance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ResultPointer;
import tools.jackson.databind.JsonNode;

/** A value that the task wrote, or that it ended with, is one that a tool returned to it. */
final class ValueFromResult extends DocumentCheck {
    private final String tool;
    private final ResultPointer at;
    private final Written written;

    private ValueFromResult(String tool, ResultPointer at, Written written) {
        super("value_from_result");
        this.tool = tool;
        this.at = at;
        this.written = written;
    }

    /** Where the value stands. */
    private sealed interface Written {
        /** Under a key of the document's front matter. */
        record Key(String key) implements Written {}

        /** In what the agent ended with; the pointer leads to one value. */
        record Output(ResultPointer at) implements Written {}
    }

    /** @throws NightException with exit code 78 where a pointer is none */
    static ValueFromResult of(JsonNode with) {
        var written = with.has("front_matter")
                ? new Written.Key(with.get("front_matter").stringValue())
                : new Written.Output(pointer(with.required("output")));
        return new ValueFromResult(with.required("tool").stringValue(), pointer(with.required("at")), written);
    }

    private static ResultPointer pointer(JsonNode text) {
        try {
            return new ResultPointer(text.stringValue());
        } catch (IllegalArgumentException e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "acceptance check value_from_result has wrong parameters: %s. Correct the agent."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    CheckResult checked(Work work) {
        return written instanceof Written.Output output
                ? result(unreturned(
                        work,
                        output.at().toString(),
                        output.at().values(work.output()).toList()))
                : super.checked(work);
    }

    @Override
    @Nullable
    String problem(Work work, String path, FrontMatter before, FrontMatter after) {
        if (!(written instanceof Written.Key key)) {
            throw new IllegalStateException("an output stands in no document");
        }
        var value = after.values().path(key.key());
        return unreturned(
                work, FileCheck.shown(path) + ": " + key.key(), value.isString() ? List.of(value) : List.of());
    }

    /** Front matter is text, so numbers are compared as they are written. */
    private @Nullable String unreturned(Work work, String where, List<JsonNode> values) {
        var trace = work.trace();
        if (trace == null) {
            return "what tools returned is not known of lines that were merged; a person decides";
        }
        var returned = trace.results().stream()
                .filter(result -> result.tool().equals(tool))
                .flatMap(result -> at.values(result.result()))
                .map(JsonNode::asString)
                .toList();
        if (values.isEmpty()) {
            return "%s has no value; expected one that %s returned".formatted(where, tool);
        }
        return values.stream()
                .map(JsonNode::asString)
                .filter(value -> !returned.contains(value))
                .findFirst()
                .map(value -> "%s is %s; expected one of %s, which %s returned"
                        .formatted(where, Excerpt.of(value), shown(returned), tool))
                .orElse(null);
    }

    private static String shown(List<String> values) {
        var text = Json.write(Json.MAPPER.valueToTree(values));
        return text.length() > 200 ? text.substring(0, 199) + "…" : text;
    }
}
