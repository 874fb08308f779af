package pantheon.night.contract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A quick yes for values that a small schema plainly allows: what it accepts, the validator accepts; what it does not
 * accept may be valid all the same.
 *
 * <p>It knows the keywords of queue lines, inputs, and a journal's events. Any other keyword makes it accept nothing.
 */
final class QuickAcceptance {
    private static final Predicate<JsonNode> ALWAYS = Objects::nonNull;
    private static final Predicate<JsonNode> NEVER = Objects::isNull;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final JsonNode NO_ITEMS = Json.MAPPER.createArrayNode();

    /** Anchored runs of ASCII classes and characters, which mean the same in every dialect of regular expressions. */
    private static final Pattern PLAIN_PATTERN = Pattern.compile(
            "\\^((\\[([A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9._+/])+-?]|[A-Za-z0-9=]|\\\\\\.)(\\{[0-9]{1,4}(,[0-9]{0,4})?}|[*+?])?)+\\$");

    /** A date and time in UTC (RFC 3339); that of a leap day or a leap second is left to the validator. */
    private static final String DATE_TIME =
            "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
                    + "|02-(0[1-9]|1[0-9]|2[0-8]))T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,9})?Z";

    /** An absolute path of plain segments (RFC 3986). */
    private static final String URI_REFERENCE = "(/[A-Za-z0-9._~-]+)+";

    private QuickAcceptance() {}

    /** @param schema is valid, as the validator has found */
    static Predicate<JsonNode> of(JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? ALWAYS : NEVER;
        }
        var all = schema.properties().stream()
                .map(keyword -> keyword(keyword.getKey(), keyword.getValue(), schema))
                .filter(test -> !test.equals(ALWAYS))
                .toList();
        return all.contains(NEVER) ? NEVER : all.stream().reduce(ALWAYS, Predicate::and);
    }

    private static Predicate<JsonNode> keyword(String name, JsonNode operand, JsonNode schema) {
        return switch (name) {
            case "title", "description", "$comment" -> ALWAYS;
            case "$schema" -> operand.asString("").equals(DIALECT) ? ALWAYS : NEVER;
            case "type" -> operand.isArray() ? anyType(operand) : type(operand.asString(""));
            case "enum" -> oneOf(operand);
            case "const" -> operand.isString() ? value -> value.equals(operand) : NEVER;
            case "pattern" -> pattern(operand.stringValue());
            case "format" -> format(operand.asString(""));
            case "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems" ->
                isLong(operand) ? bound(name, operand.longValue()) : NEVER;
            case "required" -> required(operand);
            case "properties" -> members(operand, schema.path("additionalProperties"));
            case "additionalProperties" -> schema.has("properties") ? ALWAYS : members(Json.object(), operand);
            case "propertyNames" -> names(of(operand));
            case "items" -> items(of(operand));
            case "uniqueItems" -> operand.booleanValue() ? QuickAcceptance::areDistinctStrings : ALWAYS;
            default -> NEVER;
        };
    }

    private static Predicate<JsonNode> type(String type) {
        return switch (type) {
            case "object" -> JsonNode::isObject;
            case "array" -> JsonNode::isArray;
            case "string" -> JsonNode::isString;
            case "boolean" -> JsonNode::isBoolean;
            case "integer" -> QuickAcceptance::isLong;
            case "number" -> value -> isLong(value) || value.isDouble();
            default -> NEVER;
        };
    }

    private static Predicate<JsonNode> anyType(JsonNode types) {
        return types.valueStream().map(name -> type(name.asString(""))).reduce(NEVER, Predicate::or);
    }

    private static boolean isLong(JsonNode value) {
        return value.isInt() || value.isLong();
    }

    private static Predicate<JsonNode> oneOf(JsonNode allowed) {
        var words = allowed.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .collect(Collectors.toSet());
        return value -> value.isString() && words.contains(value.stringValue());
    }

    private static Predicate<JsonNode> pattern(String regex) {
        if (!PLAIN_PATTERN.matcher(regex).matches()) {
            return NEVER;
        }
        return matches(regex.substring(1, regex.length() - 1));
    }

    private static Predicate<JsonNode> format(String format) {
        return switch (format) {
            case "date-time" -> matches(DATE_TIME);
            case "uri-reference" -> matches(URI_REFERENCE);
            default -> NEVER;
        };
    }

    /** @param regex as Lucene has it; there, too, a hyphen at the end of a class is one once it is escaped */
    private static Predicate<JsonNode> matches(String regex) {
        try {
            var plain = new RegExp(regex.replace("-]", "\\-]"), RegExp.NONE).toAutomaton();
            var automaton =
                    new CharacterRunAutomaton(Operations.determinize(plain, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT));
            return value -> value.isString() && automaton.run(value.stringValue());
        } catch (TooComplexToDeterminizeException e) {
            return NEVER;
        }
    }

    /** A bound of a kind of value; other kinds are not bounded by it. */
    private static Predicate<JsonNode> bound(String name, long bound) {
        return switch (name) {
            case "minLength" -> value -> !value.isString() || length(value.stringValue()) >= bound;
            case "maxLength" -> value -> !value.isString() || length(value.stringValue()) <= bound;
            case "minimum" ->
                value -> !value.isNumber() || (isLong(value) ? value.longValue() >= bound : least(value) >= bound);
            case "maximum" ->
                value -> !value.isNumber() || (isLong(value) ? value.longValue() <= bound : most(value) <= bound);
            case "minItems" -> value -> !value.isArray() || value.size() >= bound;
            case "maxItems" -> value -> !value.isArray() || value.size() <= bound;
            default -> throw new IllegalStateException(name + " is no bound");
        };
    }

    /** The whole number at or below one with a fraction; the least of all for a kind of number that is left to the validator. */
    private static long least(JsonNode value) {
        return value.isDouble() ? (long) Math.floor(value.doubleValue()) : Long.MIN_VALUE;
    }

    /** The whole number at or above one with a fraction; the greatest of all for a kind that is left to the validator. */
    private static long most(JsonNode value) {
        return value.isDouble() ? (long) Math.ceil(value.doubleValue()) : Long.MAX_VALUE;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Predicate<JsonNode> required(JsonNode names) {
        return names.valueStream()
                .map(JsonNode::stringValue)
                .map(name -> (Predicate<JsonNode>) value -> !value.isObject() || value.has(name))
                .reduce(ALWAYS, Predicate::and);
    }

    /** @param others the schema of what is not named; missing where anything may be */
    private static Predicate<JsonNode> members(JsonNode named, JsonNode others) {
        Map<String, Predicate<JsonNode>> tests = new HashMap<>();
        named.properties().forEach(member -> tests.put(member.getKey(), of(member.getValue())));
        var other = others.isMissingNode() ? ALWAYS : of(others);
        return value -> {
            for (var member : value.properties()) {
                if (!tests.getOrDefault(member.getKey(), other).test(member.getValue())) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Predicate<JsonNode> names(Predicate<JsonNode> name) {
        return value -> value.propertyNames().stream().map(StringNode::valueOf).allMatch(name);
    }

    private static Predicate<JsonNode> items(Predicate<JsonNode> item) {
        return value -> {
            for (var each : value.isArray() ? value : NO_ITEMS) {
                if (!item.test(each)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean areDistinctStrings(JsonNode value) {
        var seen = new HashSet<String>();
        for (var item : value.isArray() ? value : NO_ITEMS) {
            if (!item.isString() || !seen.add(item.stringValue())) {
                return false;
            }
        }
        return true;
    }
}
