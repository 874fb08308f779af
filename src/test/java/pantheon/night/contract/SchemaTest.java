package pantheon.night.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

class SchemaTest {
    private static Schema compile(String json) {
        return Schema.compile("test", Json.parse(json));
    }

    private static boolean accepts(String schema, String value) {
        return compile(schema).check(Json.parse(value)).isEmpty();
    }

    private static String refused(String schema) {
        var e = assertThrows(NightException.class, () -> compile(schema));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        return String.valueOf(e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date|2026-11-23|2026-13-23",
                "date-time|2026-11-23T01:02:03Z|yesterday",
                "email|a@example.org|a",
                "uri|https://example.org/a|not a uri",
                "uuid|123e4567-e89b-12d3-a456-426614174000|123",
                "ipv4|127.0.0.1|127.0.0.256",
                "regex|^a+$|(",
            })
    void formats_are_asserted(String format, String good, String bad) {
        var schema = Json.write(Json.object().put("type", "string").put("format", format));
        assertTrue(accepts(schema, Json.quote(good)), good);
        assertFalse(accepts(schema, Json.quote(bad)), bad);
    }

    @Test
    void a_violation_says_where_and_what() {
        var schema = compile("""
                {"properties": {"a": {"type": "array", "items": {"type": "integer", "minimum": 0}}}}""");
        var violations = schema.check(Json.parse("{\"a\": [1, -5]}"));
        assertEquals(1, violations.size());
        assertEquals("/a/1", violations.getFirst().pointer());
        assertEquals("minimum", violations.getFirst().keyword());
        assertTrue(violations.getFirst().toString().startsWith("/a/1: "), violations.toString());
        var whole = compile("{\"required\": [\"b\"]}").check(Json.object()).getFirst();
        assertTrue(whole.toString().startsWith("the whole value: "), whole.toString());
    }

    @Test
    void an_integer_may_be_written_as_a_float_without_a_fraction() {
        assertTrue(accepts("{\"type\": \"integer\"}", "1.0"));
        assertFalse(accepts("{\"type\": \"integer\"}", "1.5"));
    }

    @Test
    void numbers_of_any_size_are_judged_at_once() {
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            assertTrue(accepts("{\"type\": \"integer\", \"minimum\": 0}", "9".repeat(900)));
            assertFalse(accepts("{\"type\": \"integer\", \"minimum\": 0}", "1e30")); // no such integer can run
            assertFalse(accepts("{\"type\": \"integer\", \"maximum\": 9}", "1e300"));
            assertFalse(accepts("{\"enum\": [1, 2]}", "1e300"));
            assertFalse(accepts("{\"const\": 1}", "-1e-300"));
            assertFalse(accepts("{\"type\": \"integer\"}", "1e-300"));
            assertFalse(accepts("{\"multipleOf\": 7}", "1e300"));
            assertTrue(accepts("{\"type\": \"number\", \"minimum\": 0.5, \"multipleOf\": 0.01}", "12.34"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"strin\"}",
                "{\"type\": 1}",
                "{\"minLength\": -1}",
                "{\"required\": \"a\"}",
                "{\"properties\": {\"a\": 5}}",
                "{\"pattern\": \"(\"}",
                "5",
                "\"object\"",
                "{\"$schema\": 5}",
            })
    void a_broken_schema_is_refused_by_name(String schema) {
        var message = refused(schema);
        assertTrue(message.startsWith("schema \"test\" is no valid JSON Schema: "), message);
        assertTrue(message.endsWith(" Correct it."), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{'pattern': '(a)\\\\1'} ! pattern (a)\\1 has a back-reference, which is not taken",
                "{'patternProperties': {'(a)\\\\1': {}}} ! pattern (a)\\1 has a back-reference, which is not taken",
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'patternProperties': {'(?i)a': {}}} ! pattern (?i)a has ",
            })
    void a_pattern_that_is_not_taken_is_told_in_words_and_without_the_name_of_a_class(String schema, String words) {
        var message = refused(schema.replace('\'', '"'));
        assertTrue(message.startsWith("schema \"test\" cannot be compiled: " + words), message);
        assertFalse(message.contains("pantheon.") || message.contains("Exception"), message);
        assertTrue(message.endsWith(". Correct it."), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#/$defs/none\"}",
                "{\"$ref\": \"other.json\"}",
                "{\"$ref\": \"urn:other\"}",
                "{\"$schema\": \"https://example.org/schema\"}"
            })
    void a_reference_that_leads_nowhere_is_refused(String schema) {
        assertTrue(refused(schema).contains("\"test\""));
    }

    @Test
    void a_reference_into_the_same_document_is_followed() {
        var schema = "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"string\"}}}";
        assertTrue(accepts(schema, "\"x\""));
        assertFalse(accepts(schema, "1"));
        assertTrue(accepts("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}", "{\"type\": \"string\"}"));
    }

    @Test
    void nothing_is_ever_fetched() throws Exception {
        var requests = new AtomicInteger();
        try (var server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server, requests));
            var address = "http://127.0.0.1:" + server.getLocalPort() + "/a.json";
            assertTrue(refused("{\"$ref\": \"" + address + "\"}").contains(address));
            assertTrue(refused("{\"properties\": {\"a\": {\"$ref\": \"" + address + "#/b\"}}}")
                    .contains(address));
            refused("{\"$schema\": \"" + address + "\"}");
            assertEquals(0, requests.get());

            try (var stream = java.net.URI.create(address).toURL().openStream()) { // the control
                assertEquals("{}", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertEquals(1, requests.get());
        }
    }

    @Test
    void no_file_is_read_for_a_reference() throws Exception {
        var file = java.nio.file.Files.createTempFile("schema", ".json");
        java.nio.file.Files.writeString(file, "{\"type\": \"string\"}");
        refused("{\"$ref\": \"" + file.toUri() + "\"}");
        refused("{\"$ref\": \"classpath:/schema/tool/slug_of.json\"}");
        java.nio.file.Files.delete(file);
    }

    private static void serve(ServerSocket server, AtomicInteger requests) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                requests.incrementAndGet();
                socket.getInputStream().read(new byte[1024]);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }
}
