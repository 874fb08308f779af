package pantheon.night.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import pantheon.night.journal.NightEvent.Envelope;

/** A signed payload: an envelope after DSSE 1.0 (Dead Simple Signing Envelope) with one signature. */
public final class Dsse {
    private final String payloadType;
    private final byte[] payload;
    private final String keyId;
    private final byte[] signature;

    /**
     * @param keyId names the key; a hint, which proves nothing
     * @param signature of {@link #preAuthentication}, made with Ed25519
     */
    public Dsse(String payloadType, byte[] payload, String keyId, byte[] signature) {
        this.payloadType = payloadType;
        this.payload = payload.clone();
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    public String payloadType() {
        return payloadType;
    }

    public byte[] payload() {
        return payload.clone();
    }

    public String keyId() {
        return keyId;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /**
     * What is signed, DSSE's {@code PAE}: the type and the payload, each behind its length in bytes, so that neither can
     * be read as a part of the other.
     */
    static byte[] preAuthentication(String payloadType, byte[] payload) {
        var type = payloadType.getBytes(StandardCharsets.UTF_8);
        var head = "DSSEv1 %d %s %d ".formatted(type.length, payloadType, payload.length);
        var front = head.getBytes(StandardCharsets.UTF_8);
        var whole = Arrays.copyOf(front, front.length + payload.length);
        System.arraycopy(payload, 0, whole, front.length, payload.length);
        return whole;
    }

    /** The envelope as a journal's line has it. */
    public Envelope envelope() {
        return new Envelope(payloadType, base64(payload), keyId, base64(signature));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What an envelope of a line holds; empty where it has a base64 text that is not the only one for its bytes. */
    public static Optional<Dsse> of(Envelope envelope) {
        try {
            var decoder = Base64.getDecoder();
            var dsse = new Dsse(
                    envelope.payloadType(),
                    decoder.decode(envelope.payload()),
                    envelope.keyId(),
                    decoder.decode(envelope.signature()));
            return dsse.envelope().equals(envelope) ? Optional.of(dsse) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
