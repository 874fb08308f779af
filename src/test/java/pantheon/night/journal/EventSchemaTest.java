package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Violation;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas that ship with the program, one a type of event. */
final class EventSchemaTest {
    @ParameterizedTest
    @EnumSource
    void each_takes_an_event_with_every_field(EventType type) {
        var data = EventCodec.data(Events.of(type));
        assertEquals(type.data().json().get("properties").size(), data.size(), "fields of the example");
        assertEquals(List.of(), type.data().check(data));
    }

    @ParameterizedTest
    @EnumSource
    void each_refuses_an_unknown_field(EventType type) {
        var data = EventCodec.data(Events.of(type)).put("night.surprise", 1);
        var violation = only(type, data);
        assertEquals("additionalProperties", violation.keyword());
        assertTrue(violation.message().contains("night.surprise"), violation.message());
    }

    @ParameterizedTest
    @EnumSource
    void each_refuses_a_missing_field(EventType type) {
        var required = new ArrayList<String>();
        type.data().json().get("required").forEach(name -> required.add(name.stringValue()));
        assertFalse(required.isEmpty());
        for (var field : required) {
            var data = EventCodec.data(Events.of(type));
            data.remove(field);
            var violation = only(type, data);
            assertEquals("required", violation.keyword());
            assertTrue(violation.message().contains(field), violation.message());
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_refuses_a_value_of_another_type(EventType type) {
        for (var field : type.data().json().get("properties").properties()) {
            if (field.getValue().isEmpty()) {
                continue; // a tool's result may be any JSON
            }
            var data = EventCodec.data(Events.of(type));
            data.putNull(field.getKey());
            assertFalse(type.data().check(data).isEmpty(), field.getKey());
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_names_its_fields_in_one_of_the_two_vocabularies(EventType type) {
        for (var name : type.data().json().get("properties").propertyNames()) {
            assertTrue(name.matches("(gen_ai|night)(\\.[a-z_]+)+|error\\.type"), name);
        }
    }

    @Test
    void a_replay_compares_no_field_in_milliseconds_and_all_others() {
        var inMillis = Arrays.stream(EventType.values())
                .flatMap(type -> type.data().json().get("properties").propertyNames().stream())
                .filter(name -> name.endsWith("_ms"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(inMillis, new TreeSet<>(EventFields.TIMES));
    }

    @Test
    void types_are_named_after_their_noun_and_what_happened_to_it() {
        var names = Arrays.stream(EventType.values()).map(EventType::type).collect(Collectors.toSet());
        assertEquals(EventType.values().length, names.size());
        assertTrue(names.contains("night.pantheon.night.started.v1"));
        assertTrue(names.contains("night.pantheon.generation.received.v1"));
        assertTrue(names.contains("night.pantheon.commit.made.v1"));
    }

    @Test
    void finish_reasons_are_those_of_the_loop() {
        var codes = Arrays.stream(FinishReason.values())
                .map(FinishReason::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(codes, words(property(EventType.TASK_FINISHED, "night.finish_reason")));
        assertEquals(
                codes, words(property(EventType.NIGHT_FINISHED, "night.tasks").get("propertyNames")));
    }

    @Test
    void response_finish_reasons_are_the_engines_stop_reasons() {
        var codes = Arrays.stream(StopReason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                codes,
                words(property(EventType.GENERATION_RECEIVED, "gen_ai.response.finish_reasons")
                        .get("items")));
    }

    @Test
    void the_envelope_refuses_an_unknown_field_and_a_missing_one() {
        var line = (ObjectNode) Json.parse("""
                {"specversion": "1.0", "id": "1", "source": "/pantheon-night/x", "subject": "doc-1",
                 "type": "night.pantheon.night.started.v1", "time": "2026-11-23T22:00:00Z", "seq": 1,
                 "prevhash": "%s", "data": {}}
                """.formatted(Journal.GENESIS));
        assertEquals(List.of(), Journal.ENVELOPE.check(line));
        assertFalse(Journal.ENVELOPE.check(line.deepCopy().put("extra", 1)).isEmpty());
        for (var name : Journal.ENVELOPE.json().get("required")) {
            var without = line.deepCopy();
            without.remove(name.stringValue());
            assertEquals(1, Journal.ENVELOPE.check(without).size(), name.stringValue());
        }
    }

    private static JsonNode property(EventType type, String name) {
        return type.data().json().get("properties").get(name);
    }

    private static Set<String> words(JsonNode schema) {
        return schema.get("enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Violation only(EventType type, ObjectNode data) {
        var violations = type.data().check(data);
        assertEquals(1, violations.size(), violations.toString());
        return violations.getFirst();
    }
}
