package pantheon.night.prompt;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** @param controlTexts the texts of the control tokens, of the model and of its format */
    ControlText(List<String> controlTexts) {
        first = Pattern.compile(controlTexts.stream()
                .filter(text -> !text.isBlank())
                .distinct()
                .map(ControlText::firstOf)
                .collect(Collectors.joining("|")));
    }

    /** Finds the first character of a text where the rest of it follows. */
    private static String firstOf(String text) {
        int end = text.offsetByCodePoints(0, 1);
        return Pattern.quote(text.substring(0, end)) + "(?=" + Pattern.quote(text.substring(end)) + ")";
    }

    /** Writes a JSON value with no control token's text in it. */
    public String write(JsonNode value) {
        return escape(Json.write(value));
    }

    /** The same text with the first character of each control token's text escaped. */
    public String escape(String text) {
        return first.matcher(text)
                .replaceAll(match -> match.group()
                        .chars()
                        .mapToObj(c -> "\\\\u%04x".formatted(c))
                        .collect(Collectors.joining()));
    }

    /** How many texts of control tokens a text holds. */
    public long count(String text) {
        return first.matcher(text).results().count();
    }
}
