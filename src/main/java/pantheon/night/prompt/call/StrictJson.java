package pantheon.night.prompt.call;

import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import pantheon.night.contract.WholeText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/** Reads JSON that a model wrote, and takes it only as templates write it. */
final class StrictJson {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private StrictJson() {}

    /**
     * A value and where its text ends.
     *
     * @param length in chars, blanks before it included
     */
    record Value(JsonNode value, int length) {}

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The whole of a text as one value, with blanks as templates write them. */
    static JsonNode whole(String text) throws MalformedReply {
        var first = first(text);
        if (first.length() != text.length()) {
            throw new MalformedReply("invalid_json", "text follows a JSON value");
        }
        requireCanonical(text);
        return first.value();
    }

    /** The JSON value at the beginning of a text. */
    static Value first(String rest) throws MalformedReply {
        try (var parser = Json.MAPPER.createParser(rest)) {
            JsonNode value = parser.readValueAsTree();
            if (value == null) {
                throw new MalformedReply("truncated", "the call's JSON is not complete");
            }
            int length = (int) parser.currentLocation().getCharOffset();
            if (Json.isTooDeep(value)) {
                throw new MalformedReply(
                        "invalid_json", "the call's JSON is nested deeper than " + Json.DEEPEST + " levels");
            }
            requirePairedSurrogates(value);
            return new Value(value, length);
        } catch (UnexpectedEndOfInputException e) {
            throw new MalformedReply("truncated", "the call's JSON is not complete");
        } catch (StreamReadException e) {
            var message = e.getOriginalMessage();
            boolean duplicate = message.startsWith("Duplicate");
            throw new MalformedReply(duplicate ? "duplicate_key" : "invalid_json", message);
        } catch (JacksonException e) {
            throw new MalformedReply("invalid_json", e.getOriginalMessage());
        }
    }

    /** Blanks as the templates write them: one after each comma and colon, none elsewhere. */
    static void requireCanonical(String raw) throws MalformedReply {
        boolean inString = false;
        boolean canonical = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == ',' || c == ':') {
                canonical &= raw.charAt(++i) == ' ' && !Character.isWhitespace(raw.charAt(i + 1));
            } else {
                canonical &= !Character.isWhitespace(c);
            }
        }
        if (!canonical) {
            throw new MalformedReply("not_canonical", "the call's JSON is not written as the template writes it");
        }
    }

    static void requirePairedSurrogates(JsonNode value) throws MalformedReply {
        for (var entry : value.properties()) {
            requirePaired(entry.getKey());
        }
        for (var item : value) {
            requirePairedSurrogates(item);
        }
        if (value.isString()) {
            requirePaired(value.stringValue());
        }
    }

    static void requirePaired(String text) throws MalformedReply {
        if (!WholeText.isWhole(text)) {
            throw new MalformedReply("lone_surrogate", "a string has half a surrogate pair");
        }
    }
}
