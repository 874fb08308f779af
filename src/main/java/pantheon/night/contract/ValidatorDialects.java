package pantheon.night.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Map;
import pantheon.night.draft.Dialect;
import pantheon.night.language.text.Formats;
import tools.jackson.databind.JsonNode;

/**
 * The drafts of JSON Schema as the validator reads them: with those keywords and formats only that a draft defines, as
 * grammars read them too. What the library has beyond them is a note, and so is what a text holds by its encoding and
 * media type, which draft 7 leaves open and later ones make notes.
 */
final class ValidatorDialects {
    private ValidatorDialects() {}

    /** The drafts, the newest first. */
    static List<com.networknt.schema.dialect.Dialect> all() {
        return List.of(
                dialect(Dialects.getDraft202012(), Dialect.DRAFT_2020_12),
                dialect(Dialects.getDraft201909(), Dialect.DRAFT_2019_09),
                dialect(Dialects.getDraft7(), Dialect.DRAFT_7),
                dialect(Dialects.getDraft6(), Dialect.DRAFT_6),
                dialect(Dialects.getDraft4(), Dialect.DRAFT_4));
    }

    private static com.networknt.schema.dialect.Dialect dialect(
            com.networknt.schema.dialect.Dialect library, Dialect draft) {
        return com.networknt.schema.dialect.Dialect.builder(library)
                .formats(ValidatorDialects::keepDefined)
                .keywords(keywords -> keepDefined(keywords, draft))
                .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                .build();
    }

    private static void keepDefined(Map<String, Format> formats) {
        formats.keySet().retainAll(Formats.names());
        formats.replaceAll((name, format) -> new ValidatorFormat(format));
    }

    private static void keepDefined(Map<String, Keyword> keywords, Dialect draft) {
        keywords.keySet().removeIf(name -> name.equals("notAllowed") || !draft.mayHave(name));
        for (var name : List.of("true", "false")) {
            keywords.computeIfPresent(name, (same, keyword) -> new BooleanSchema(keyword));
        }
        for (var name : List.of("contentEncoding", "contentMediaType")) {
            keywords.computeIfPresent(name, (same, keyword) -> new NonValidationKeyword(name));
        }
        if (draft.mayHave("$dynamicRef")) {
            keywords.put("$dynamicRef", new DynamicReference(KeywordType.DYNAMIC_REF));
        }
    }

    /** One that names no anchor is what {@code $ref} is; the library takes it for one without a target. */
    private record DynamicReference(Keyword library) implements Keyword {
        @Override
        public String getValue() {
            return library.getValue();
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode operand, Schema schema, SchemaContext context) throws Exception {
            boolean names = operand.asString("").matches(".*#[^/].*");
            var keyword = names ? library : KeywordType.REF;
            return keyword.newValidator(location, operand, schema, context);
        }
    }

    /** What the library calls the keyword of a schema that is {@code true} or {@code false}; a note in any other one. */
    private record BooleanSchema(Keyword library) implements Keyword {
        @Override
        public String getValue() {
            return library.getValue();
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation location, JsonNode operand, Schema schema, SchemaContext context) throws Exception {
            var keyword = schema.getSchemaNode().isBoolean() ? library : new NonValidationKeyword(getValue());
            return keyword.newValidator(location, operand, schema, context);
        }
    }
}
