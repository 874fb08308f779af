package pantheon.night.proof;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An in-toto Statement v1: what is claimed ({@code predicate}), and of which contents ({@code subject}).
 *
 * @param kind what it is over
 * @param subject name → digests, an algorithm in in-toto's sense → hex
 */
public record Statement(Kind kind, Map<String, Map<String, String>> subject, ObjectNode predicate) {
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final Schema SCHEMA = Schema.resource("/schema/statement/statement.json");

    /** What a statement can be over. */
    public enum Kind {
        TASK("task"),
        NIGHT("night");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As {@code night.statement_of} says it. */
        public String word() {
            return word;
        }

        /** A tag URI (RFC 4151): it names, and leads nowhere. */
        String predicateType() {
            return "tag:night.pantheon,2026:" + word + "/v1";
        }
    }

    public Statement {
        var sorted = new TreeMap<String, Map<String, String>>();
        subject.forEach((name, digests) -> sorted.put(name, Map.copyOf(digests)));
        subject = Collections.unmodifiableSortedMap(sorted);
    }

    /**
     * The statement's one form, which is signed.
     *
     * @throws IllegalStateException where it breaks its schema
     */
    public byte[] bytes() {
        var json = json();
        var violations = SCHEMA.check(json);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("a statement breaks its schema: " + violations);
        }
        return Json.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode json() {
        var json = Json.object().put("_type", TYPE);
        var subjects = json.putArray("subject");
        subject.forEach((name, digests) -> {
            var node = subjects.addObject().put("name", name).putObject("digest");
            new TreeMap<>(digests).forEach(node::put);
        });
        json.put("predicateType", kind.predicateType());
        json.set("predicate", predicate);
        return json;
    }

    /** The statement of a payload; empty where it is none, or of another version. */
    public static Optional<Statement> of(byte[] payload) {
        try {
            var json = Json.parse(new String(payload, StandardCharsets.UTF_8));
            return SCHEMA.check(json).isEmpty() ? Optional.of(of(json)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Statement of(JsonNode json) {
        var kind = json.get("predicateType").stringValue().equals(Kind.TASK.predicateType()) ? Kind.TASK : Kind.NIGHT;
        var subject = new TreeMap<String, Map<String, String>>();
        for (var node : json.get("subject")) {
            var digests = new TreeMap<String, String>();
            node.get("digest")
                    .properties()
                    .forEach(digest ->
                            digests.put(digest.getKey(), digest.getValue().stringValue()));
            subject.put(node.get("name").stringValue(), digests);
        }
        return new Statement(kind, subject, (ObjectNode) json.get("predicate"));
    }
}
