package pantheon.night.contract;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.draft.LoadCheck;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternMatcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/**
 * A compiled JSON Schema, draft 2020-12 unless its {@code $schema} names another.
 *
 * <p>Formats are asserted, and nothing is ever fetched: a {@code $ref} leads into the same document. Patterns, formats and
 * keywords are read as grammars read them. Every check ends: a schema that leads back to itself is refused, and a value
 * that is nested too deeply breaks any schema.
 */
public final class Schema {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialects(
            ValidatorDialects.all(),
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.allow(Schema::isMetaSchema))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .regularExpressionFactory(pattern -> PatternMatcher.of(pattern)::finds)
                            .locale(Locale.ENGLISH)
                            .build()));

    private final String name;
    private final JsonNode json;
    private final com.networknt.schema.Schema compiled;
    private final Predicate<JsonNode> quick;

    private Schema(String name, JsonNode json, com.networknt.schema.Schema compiled) {
        this.name = name;
        this.json = json;
        this.compiled = compiled;
        this.quick = QuickAcceptance.of(json);
    }

    /**
     * Compiles a schema.
     *
     * @param name what messages call it, for example {@code arguments of read_file}
     * @throws NightException with exit code 78 where it is no valid schema
     */
    public static Schema compile(String name, JsonNode json) {
        if (LoadCheck.isDeeper(json, LoadCheck.DEEPEST)) {
            throw unusable(name, "is nested more than %d levels deep".formatted(LoadCheck.DEEPEST), null);
        }
        var dialect = SpecificationVersion.fromSchemaNode(json).orElse(SpecificationVersion.DRAFT_2020_12);
        var broken = violations(REGISTRY.getSchema(SchemaLocation.of(dialect.getDialectId())), json);
        if (!broken.isEmpty()) {
            throw unusable(name, "is no valid JSON Schema: " + broken.getFirst(), null);
        }
        try {
            LoadCheck.check(json);
            var compiled = REGISTRY.getSchema(json);
            compiled.initializeValidators();
            return new Schema(name, json, compiled);
        } catch (com.networknt.schema.SchemaException | UnsupportedPattern | UnusableSchema e) {
            throw unusable(name, "cannot be compiled: " + reason(e), e);
        }
    }

    private static NightException unusable(String name, String what, @Nullable Throwable cause) {
        return new NightException(ExitCode.CONFIG, "schema \"%s\" %s. Correct it.".formatted(name, what), cause);
    }

    /** The words of what went wrong; the library puts the name of a class before those of what it was handed. */
    private static @Nullable String reason(Throwable e) {
        var cause = e.getCause();
        return cause != null && cause.toString().equals(e.getMessage()) ? reason(cause) : e.getMessage();
    }

    /** Compiles a schema that ships with the program. */
    public static Schema resource(String path) {
        return compile(path, Json.resource(path));
    }

    public String name() {
        return name;
    }

    /** The schema itself; not to be changed. */
    public JsonNode json() {
        return json;
    }

    /** The ways in which a value breaks this schema, none where it is valid. */
    public List<Violation> check(JsonNode value) {
        return quick.test(value) ? List.of() : validated(value);
    }

    /** The same by the validator alone. */
    List<Violation> validated(JsonNode value) {
        return violations(compiled, value);
    }

    /** The drafts' own schemas come with the validator; nothing else can be loaded by its address. */
    private static boolean isMetaSchema(AbsoluteIri address) {
        return address.toString().matches("https?://json-schema\\.org/draft.*");
    }

    private static List<Violation> violations(com.networknt.schema.Schema schema, JsonNode value) {
        if (LoadCheck.isDeeper(value, LoadCheck.DEEPEST)) {
            return List.of(whole("depth", "is nested more than %d levels deep".formatted(LoadCheck.DEEPEST)));
        }
        try {
            return schema.validate(value).stream()
                    .map(error -> new Violation(
                            error.getInstanceLocation().toString(),
                            error.getKeyword(),
                            error.getProperty(),
                            error.getMessage()))
                    .toList();
        } catch (JsonNodeException e) {
            // The validator compares integers as 64-bit ones, and throws where a float such as 1e30 is none.
            return List.of(whole("type", "a number is out of range: " + e.getOriginalMessage()));
        } catch (StackOverflowError e) {
            return List.of(whole("depth", "is nested too deeply to be checked"));
        }
    }

    private static Violation whole(String keyword, String message) {
        return new Violation("", keyword, null, message);
    }
}
