package pantheon.night.prompt.call;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import pantheon.night.contract.Json;
import pantheon.night.language.spelling.PythonText;
import tools.jackson.databind.JsonNode;

/** Writes the calls of one answer in a form. */
public final class CallText {
    private final UnaryOperator<String> escape;

    /** @param escape makes a value's text one that no control token is in */
    public CallText(UnaryOperator<String> escape) {
        this.escape = escape;
    }

    /** An answer of calls and nothing else. */
    public String of(CallForm form, List<ParsedCall> calls) {
        return switch (form) {
            case CallForm.OfJson json ->
                calls.stream().map(call -> json(json, call)).collect(Collectors.joining("\n"));
            case CallForm.OfXml xml ->
                calls.stream().map(call -> xml(xml, call)).collect(Collectors.joining("\n"));
            case CallForm.OfPython python ->
                calls.stream()
                        .map(call -> python(python.values(), call))
                        .collect(Collectors.joining(
                                python.between(), python.open() + python.before(), python.after() + python.close()));
        };
    }

    private String json(CallForm.OfJson form, ParsedCall call) {
        return form.written(call.name(), escape.apply(Json.write(call.arguments())));
    }

    private String xml(CallForm.OfXml form, ParsedCall call) {
        var out = new StringBuilder(form.open() + form.beforeName() + call.name() + form.afterName());
        call.arguments()
                .properties()
                .forEach(argument -> out.append(form.beforeKey())
                        .append(argument.getKey())
                        .append(form.afterKey())
                        .append(escape.apply(bare(form, argument.getValue())))
                        .append(form.afterValue()));
        return out.append(form.tail()).append(form.close()).toString();
    }

    private static String bare(CallForm.OfXml form, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        var json = Json.write(value);
        return form.pythonWords() ? PythonText.word(json) : json;
    }

    private String python(CallForm.OfPython.Values values, ParsedCall call) {
        return call.arguments().properties().stream()
                .map(argument -> argument.getKey() + "=" + escape.apply(python(values, argument.getValue())))
                .collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    private static String python(CallForm.OfPython.Values values, JsonNode value) {
        var json = Json.write(value);
        return switch (values) {
            case JSON -> json;
            case QUOTED -> value.isString() ? PythonText.quoted(value.stringValue()) : PythonText.word(json);
            case PYTHON -> PythonText.of(json);
        };
    }
}
