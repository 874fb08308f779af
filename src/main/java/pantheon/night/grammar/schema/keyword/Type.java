package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code type}. */
public final class Type implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("type")) {
            var names = names(schema);
            demands.constraint(
                    branch -> (!hasOnlyIntegers(names) || branch.onlyIntegers()) && branch.only(mask(schema)));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (!schema.has("type")) {
            return;
        }
        int others = Branch.ANY & ~mask(schema);
        if (others != 0) {
            ways.add(Option.that(branch -> branch.only(others)));
        }
        if (hasOnlyIntegers(names(schema))) {
            ways.add(Option.that(Branch.NUMBER, Branch::noIntegers));
        }
    }

    private static boolean hasOnlyIntegers(List<String> names) {
        return names.contains("integer") && !names.contains("number");
    }

    private static List<String> names(Subschema schema) {
        var type = schema.json().get("type");
        return type.isArray()
                ? type.valueStream().map(name -> name.asString("")).toList()
                : List.of(type.asString(""));
    }

    private static int mask(Subschema schema) {
        int mask = 0;
        for (var name : names(schema)) {
            mask |= bits(name, schema);
        }
        return mask;
    }

    private static int bits(String name, Subschema schema) {
        return switch (name) {
            case "null" -> Branch.NULL;
            case "boolean" -> Branch.TRUE | Branch.FALSE;
            case "number", "integer" -> Branch.NUMBER;
            case "string" -> Branch.STRING;
            case "array" -> Branch.ARRAY;
            case "object" -> Branch.OBJECT;
            case "any" -> Branch.ANY;
            default ->
                throw new UnusableSchema(
                        schema.pointer() + "/type",
                        "is \"%s\"; expected null, boolean, number, integer, string, array, or object".formatted(name));
        };
    }
}
