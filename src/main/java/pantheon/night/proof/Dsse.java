package pantheon.night.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

    /** The envelope as JSON, base64 with padding. */
    public ObjectNode json() {
        var node = Json.object();
        node.put("payloadType", payloadType);
        node.put("payload", Base64.getEncoder().encodeToString(payload));
        node.putArray("signatures")
                .addObject()
                .put("keyid", keyId)
                .put("sig", Base64.getEncoder().encodeToString(signature));
        return node;
    }

    /**
     * The envelope of a JSON value that is valid against the schema of {@code statement.signed}; empty where it has
     * more than one signature, or a base64 text that is not the only one for its bytes.
     */
    public static Optional<Dsse> of(JsonNode json) {
        try {
            var signature = json.get("signatures").get(0);
            var envelope = new Dsse(
                    json.get("payloadType").stringValue(),
                    Base64.getDecoder().decode(json.get("payload").stringValue()),
                    signature.get("keyid").stringValue(),
                    Base64.getDecoder().decode(signature.get("sig").stringValue()));
            return envelope.json().equals(json) ? Optional.of(envelope) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
