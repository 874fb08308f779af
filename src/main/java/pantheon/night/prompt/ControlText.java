package pantheon.night.prompt;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * Writes foreign text so that it can never become a control token, whoever tokenises it.
 *
 * <p>Foreign text enters a prompt only inside JSON strings. There the first character of a control token's text is
 * written as a {@code \}{@code uXXXX} escape: the same content for whoever parses the JSON, and never the token.
 */
public final class ControlText {
    private final Pattern control;

    /** @param controlTexts the texts of the model's control tokens; those of the chat template are always added */
    public ControlText(List<String> controlTexts) {
        var alternatives = Stream.concat(controlTexts.stream(), ChatTemplate.CONTROL_TEXTS.stream())
                .filter(text -> !text.isEmpty() && !text.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(text -> Pattern.quote(text.substring(1)))
                .toList();
        var firsts = Stream.concat(controlTexts.stream(), ChatTemplate.CONTROL_TEXTS.stream())
                .filter(text -> !text.isBlank())
                .map(text -> text.substring(0, 1))
                .distinct()
                .map(Pattern::quote)
                .toList();
        control = Pattern.compile("(?:" + String.join("|", firsts) + ")(?=" + String.join("|", alternatives) + ")");
    }

    /** Writes a JSON value with no control token's text in it. */
    public String write(JsonNode value) {
        return control.matcher(Json.write(value))
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }

    /** Whether a text holds the text of a control token. */
    public boolean occursIn(String text) {
        return control.matcher(text).find();
    }
}
