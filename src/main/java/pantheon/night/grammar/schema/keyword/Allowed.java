package pantheon.night.grammar.schema.keyword;

import java.util.List;
import java.util.function.Function;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.branch.Values;
import tools.jackson.databind.JsonNode;

/** {@code const} or {@code enum}: the values that there can be. */
public final class Allowed implements Keyword {
    private final String name;
    private final Function<JsonNode, List<JsonNode>> values;
    private final Loosenings loosenings;

    private Allowed(String name, Function<JsonNode, List<JsonNode>> values, Loosenings loosenings) {
        this.name = name;
        this.values = values;
        this.loosenings = loosenings;
    }

    public static Allowed constant(Loosenings loosenings) {
        return new Allowed("const", List::of, loosenings);
    }

    public static Allowed enumeration(Loosenings loosenings) {
        return new Allowed("enum", list -> list.valueStream().toList(), loosenings);
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has(name)) {
            demands.constraint(branch -> branch.allow(values.apply(schema.json().get(name))));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has(name)) {
            var way = Option.that(branch -> true);
            for (var value : values.apply(schema.json().get(name))) {
                way = unequal(way, value, schema);
            }
            ways.add(way);
        }
    }

    private Option unequal(Option way, JsonNode value, Subschema schema) {
        return switch (value.getNodeType()) {
            case NULL, BOOLEAN -> way.and(branch -> branch.only(Branch.ANY & ~Values.type(value)));
            case NUMBER -> way.and(branch -> branch.differ(value.decimalValue()));
            case STRING -> way.and(branch -> branch.differ(value.stringValue()));
            case ARRAY ->
                value.isEmpty()
                        ? way.and(branch -> branch.itemsAtLeast(1))
                        : way.and(loosenings.loosened(schema, name, "lists are not compared with it", Branch.ARRAY));
            default ->
                value.isEmpty()
                        ? way.and(branch -> branch.propertiesAtLeast(1))
                        : way.and(loosenings.loosened(schema, name, "objects are not compared with it", Branch.OBJECT));
        };
    }
}
