package pantheon.night.acceptance;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Schema;
import pantheon.night.contract.yaml.Data;

/** Each file of a scope is JSON or YAML, told by its name, and each document in it is valid against a schema. */
final class OnSchema extends FileCheck {
    private final Schema schema;

    OnSchema(Schema schema, Scope scope) {
        super("on_schema", scope);
        this.schema = schema;
    }

    @Override
    @Nullable
    String problem(Work work, String path, String text) {
        try {
            var documents = Data.read(text, kind(path));
            if (documents.isEmpty()) {
                return "%s is empty; expected a document".formatted(shown(path));
            }
            return documents.stream()
                    .flatMap(document -> schema.check(document.value()).stream()
                            .map(violation ->
                                    "%s: %s".formatted(place(path, document.line(violation.pointer())), violation)))
                    .findFirst()
                    .orElse(null);
        } catch (Data.Unreadable e) {
            return "%s: %s".formatted(e.line() == 0 ? shown(path) : place(path, e.line()), e.problem());
        }
    }

    /** What is called neither is read as YAML, which has all of JSON but few of its escapes. */
    private static Data.Kind kind(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".json") ? Data.Kind.JSON : Data.Kind.YAML;
    }
}
