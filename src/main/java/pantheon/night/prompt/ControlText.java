package pantheon.night.prompt;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private final Pattern first;

    /** @param controlTexts the texts of the model's control tokens; those of the chat template are always added */
    public ControlText(List<String> controlTexts) {
        var texts = Stream.concat(controlTexts.stream(), ChatTemplate.CONTROL_TEXTS.stream())
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        first = Pattern.compile(alternatives(texts, text -> text.substring(0, 1)) + "(?="
                + alternatives(texts, text -> text.substring(1)) + ")");
    }

    /** Writes a JSON value with no control token's text in it. */
    public String write(JsonNode value) {
        return escape(Json.write(value));
    }

    /** The same text with the first character of each control token's text escaped. */
    public String escape(String text) {
        return first.matcher(text)
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }

    /** Whether a text holds the text of a control token. */
    public boolean occursIn(String text) {
        return first.matcher(text).find();
    }

    private static String alternatives(List<String> texts, Function<String, String> part) {
        return texts.stream().map(part).map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    }
}
