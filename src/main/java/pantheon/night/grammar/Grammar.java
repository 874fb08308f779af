package pantheon.night.grammar;

import java.util.List;
import pantheon.night.draft.Loosening;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.ValueFrame;
import pantheon.night.grammar.schema.SchemaCompiler;
import pantheon.night.grammar.schema.ValueSet;
import tools.jackson.databind.JsonNode;

/**
 * What a model may write: the JSON texts of one schema's values, with {@code ", "} and {@code ": "} between them and no
 * other white space, and keys in the schema's order.
 *
 * <p>Compiled once, shared by any number of texts.
 */
public final class Grammar {
    private final ValueSet values;
    private final List<Loosening> loosenings;

    private Grammar(SchemaCompiler.Result result) {
        values = result.values();
        loosenings = result.loosenings();
    }

    /**
     * Compiles a schema.
     *
     * @throws pantheon.night.draft.UnusableSchema where no grammar can be made of it
     */
    public static Grammar of(JsonNode schema) {
        return new Grammar(SchemaCompiler.compile(schema));
    }

    /** The keywords that it does not hold exactly. */
    public List<Loosening> loosenings() {
        return loosenings;
    }

    ValueSet values() {
        return values;
    }

    /** Begins a text. */
    public TokenMatcher open(TokenMasks masks) {
        return new TokenMatcher(masks, List.of(new ValueFrame(values, Frame.END)));
    }
}
