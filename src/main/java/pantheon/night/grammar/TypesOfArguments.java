package pantheon.night.grammar;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.SchemaCompiler;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.language.spelling.Kind;
import pantheon.night.prompt.call.ArgumentTypes;

/** Of which types arguments can be, by their compiled schemas; found out once somebody asks, which few chat formats do. */
public final class TypesOfArguments implements ArgumentTypes {
    private static final Set<Kind> ANY = KeptOrder.set(EnumSet.allOf(Kind.class));

    private final Supplier<Map<String, Map<String, Set<Kind>>>> byTool;
    private volatile @Nullable Map<String, Map<String, Set<Kind>>> found;

    private TypesOfArguments(Supplier<Map<String, Map<String, Set<Kind>>>> byTool) {
        this.byTool = byTool;
    }

    /** Of tools whose arguments are compiled already, by their names. */
    static ArgumentTypes of(Map<String, ValueSet> arguments) {
        return new TypesOfArguments(() -> {
            var types = new HashMap<String, Map<String, Set<Kind>>>();
            arguments.forEach((tool, values) -> types.put(tool, types(values)));
            return types;
        });
    }

    /** Of some tools; arguments of a schema that cannot be compiled are of any type. */
    public static ArgumentTypes of(List<ToolCard> tools) {
        return new TypesOfArguments(() -> {
            var types = new HashMap<String, Map<String, Set<Kind>>>();
            tools.forEach(tool -> types.put(tool.name(), types(tool)));
            return types;
        });
    }

    @Override
    public Set<Kind> of(String tool, String argument) {
        var known = found;
        if (known == null) {
            known = byTool.get();
            found = known;
        }
        return known.getOrDefault(tool, Map.of()).getOrDefault(argument, STRING);
    }

    private static Map<String, Set<Kind>> types(ToolCard tool) {
        try {
            return types(SchemaCompiler.compile(tool.arguments()).values());
        } catch (UnusableSchema e) {
            var types = new HashMap<String, Set<Kind>>();
            tool.arguments().path("properties").propertyNames().forEach(name -> types.put(name, ANY));
            return types;
        }
    }

    private static Map<String, Set<Kind>> types(ValueSet values) {
        var types = new HashMap<String, Set<Kind>>();
        for (var alternative : values.alternatives()) {
            if (alternative instanceof ObjectShape object) {
                for (var property : object.properties()) {
                    types.computeIfAbsent(property.written(), missing -> EnumSet.noneOf(Kind.class))
                            .addAll(property.values().kinds());
                }
            }
        }
        return types;
    }
}
