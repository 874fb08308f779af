package pantheon.night.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * The fields of the task's input that an agent's checks read: those that their parameters name, and {@code path} where they
 * name no file otherwise.
 */
final class CheckFields {
    /** The checks that read no file by a field of the input unless they name it. */
    private static final Set<String> WITHOUT_FILE = Set.of("command");

    /** What a field has to be. */
    private enum Wanted {
        STRING(", with type: string"),
        INTEGER(", with type: integer"),
        ANYTHING("");

        private final String words;

        Wanted(String words) {
            this.words = words;
        }
    }

    private final YamlFile yaml;
    private final Problems problems;
    private final JsonNode input;

    private CheckFields(YamlFile yaml, Problems problems) {
        this.yaml = yaml;
        this.problems = problems;
        this.input = yaml.json().path("input");
    }

    /** Adds what is wrong with the fields that checks read. */
    static void check(YamlFile yaml, Problems problems) {
        var fields = new CheckFields(yaml, problems);
        lists(yaml.json()).forEach(fields::checkList);
    }

    /** Where an agent's file has lists of checks, as JSON Pointers. */
    static List<String> lists(JsonNode agent) {
        var lists = new ArrayList<>(List.of("/checks"));
        agent.path("declines").propertyNames().forEach(reason -> lists.add(Pointer.child("/declines", reason)));
        return lists;
    }

    private void checkList(String list) {
        for (int i = 0; i < yaml.json().at(list).size(); i++) {
            checkOne(list + "/" + i);
        }
    }

    private void checkOne(String check) {
        var with = yaml.json().at(check + "/with");
        for (int i = 0; i < with.path("fields").size(); i++) {
            requireText(check + "/with/fields/" + i);
        }
        if (with.has("field")) {
            requireText(check + "/with/field");
        }
        boolean named = with.has("output") || with.has("fields") || with.has("field") || with.has("paths");
        var use = yaml.json().at(check + "/use").asString("");
        if (!named && !WITHOUT_FILE.contains(use)) {
            require(check + "/use", "path", Wanted.STRING);
        }
        with.properties().stream()
                .filter(parameter -> !parameter.getKey().equals("schema"))
                .forEach(parameter -> checkReferences(
                        Pointer.child(check + "/with", parameter.getKey()), wanted(parameter.getKey())));
    }

    /** A command takes arguments of any type. */
    private static Wanted wanted(String parameter) {
        return switch (parameter) {
            case "text" -> Wanted.STRING;
            case "arguments" -> Wanted.ANYTHING;
            default -> Wanted.INTEGER;
        };
    }

    private void requireText(String at) {
        require(at, yaml.json().at(at).stringValue(""), Wanted.STRING);
    }

    /** Whatever is {@code {input: field}}, at any depth. */
    private void checkReferences(String at, Wanted wanted) {
        var value = yaml.json().at(at);
        if (value.isObject() && value.path("input").isString()) {
            boolean optional = value.has("value")
                    && input.path("properties").has(value.get("input").stringValue());
            if (!optional) {
                require(at + "/input", value.get("input").stringValue(), wanted);
            }
        } else if (value.isObject()) {
            value.propertyNames().forEach(name -> checkReferences(Pointer.child(at, name), wanted));
        }
    }

    private void require(String at, String field, Wanted wanted) {
        var known = new TreeSet<String>();
        input.path("required").valueStream().filter(JsonNode::isString).forEach(name -> known.add(name.stringValue()));
        known.removeIf(name -> !isOfType(input.path("properties").path(name), wanted));
        if (!field.isEmpty() && !known.contains(field)) {
            problems.add(
                    yaml.place(at),
                    "%s reads the field %s of the input; expected one that input requires%s. %s"
                            .formatted(
                                    Pointer.dotted(at),
                                    Json.quote(field),
                                    wanted.words,
                                    Slip.suggestion(field, known, "Correct input, or the check.")));
        }
    }

    private static boolean isOfType(JsonNode schema, Wanted wanted) {
        return switch (wanted) {
            case STRING -> Texts.isString(schema);
            case INTEGER -> schema.path("type").asString("").equals("integer");
            case ANYTHING -> true;
        };
    }
}
