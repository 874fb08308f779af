package pantheon.night.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.journal.NightEvent;

/** Envelopes, held against DSSE's own example and against what its encoding is there for. */
final class DsseTest {
    private static String preAuthentication(String type, String payload) {
        return new String(Dsse.preAuthentication(type, payload.getBytes(UTF_8)), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/HelloWorld, hello world, DSSEv1 29 http://example.com/HelloWorld 11 hello world",
        "'', '', 'DSSEv1 0  0 '",
        "é, ☃, DSSEv1 2 é 3 ☃",
        "a, '1 a 1 b', DSSEv1 1 a 7 1 a 1 b",
    })
    void lengths_are_in_bytes_and_stand_before_what_they_measure(String type, String payload, String expected) {
        assertEquals(expected, preAuthentication(type, payload));
    }

    @Test
    void the_payload_is_taken_byte_for_byte() {
        var payload = new byte[] {0, (byte) 0xff, '\n', (byte) 0xc3};
        var whole = Dsse.preAuthentication("t", payload);
        var front = "DSSEv1 1 t 4 ".getBytes(UTF_8);
        assertEquals(front.length + 4, whole.length);
        assertArrayEquals(payload, java.util.Arrays.copyOfRange(whole, front.length, whole.length));
    }

    @Test
    void type_and_payload_cannot_be_taken_for_one_another() {
        assertFalse(preAuthentication("a b", "c").equals(preAuthentication("a", "b c")));
    }

    @Test
    void a_signature_is_over_type_and_payload() {
        var key = SigningKey.generate();
        var envelope = key.sign("application/vnd.in-toto+json", "{}".getBytes(UTF_8));
        assertTrue(key.verifyingKey().verifies(envelope));
        assertFalse(key.verifyingKey()
                .verifies(new Dsse("text/plain", envelope.payload(), envelope.keyId(), envelope.signature())));
        assertFalse(key.verifyingKey()
                .verifies(new Dsse(
                        envelope.payloadType(), "[]".getBytes(UTF_8), envelope.keyId(), envelope.signature())));
        assertFalse(SigningKey.generate().verifyingKey().verifies(envelope));
        assertFalse(key.verifyingKey()
                .verifies(new Dsse(envelope.payloadType(), envelope.payload(), envelope.keyId(), new byte[1])));
    }

    @Test
    void an_envelope_is_read_back_and_in_no_other_form() {
        var envelope = SigningKey.generate().sign("t", "{}".getBytes(UTF_8));
        var written = envelope.envelope();
        assertEquals(Optional.of(written), Dsse.of(written).map(Dsse::envelope));
        assertEquals("e30=", written.payload());
        for (var other : new String[] {"e30", "e31=", "e3-="}) { // no padding, loose bits, another alphabet
            var loose = new NightEvent.Envelope(written.payloadType(), other, written.keyId(), written.signature());
            assertTrue(Dsse.of(loose).isEmpty(), other);
        }
    }
}
