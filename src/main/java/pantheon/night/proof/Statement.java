package pantheon.night.proof;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import pantheon.night.KeptOrder;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.StatementKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An in-toto Statement v1: what is claimed ({@code predicate}), and of which contents ({@code subject}).
 *
 * @param kind what it is over
 * @param subject name → digests, an algorithm in in-toto's sense → hex
 */
public record Statement(StatementKind kind, Map<String, Map<String, String>> subject, ObjectNode predicate) {
    public static final String PAYLOAD_TYPE = NightEvent.Envelope.IN_TOTO;
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final Schema SCHEMA = Schema.resource("/schema/statement/statement.json");

    /** A tag URI (RFC 4151): it names, and leads nowhere. */
    private static String predicateType(StatementKind kind) {
        return "tag:night.pantheon,2026:%s/v1".formatted(kind.name().toLowerCase(Locale.ROOT));
    }

    public Statement {
        var sorted = new TreeMap<String, Map<String, String>>();
        subject.forEach((name, digests) -> sorted.put(name, KeptOrder.map(digests)));
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
        json.put("predicateType", predicateType(kind));
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
        var type = json.get("predicateType").stringValue();
        var kind = Stream.of(StatementKind.values())
                .filter(one -> predicateType(one).equals(type))
                .findFirst()
                .orElseThrow();
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
