package pantheon.night.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;

/** The public half of a key that signs statements: Ed25519 (RFC 8032), as SubjectPublicKeyInfo. */
public final class VerifyingKey {
    static final String LABEL = "PUBLIC KEY";

    private final PublicKey key;

    VerifyingKey(PublicKey key) {
        this.key = key;
    }

    /** The key of an encoded SubjectPublicKeyInfo; empty where it is none of Ed25519, or not encoded in the one way. */
    public static Optional<VerifyingKey> of(byte[] encoded) {
        try {
            var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return Arrays.equals(key.getEncoded(), encoded) ? Optional.of(new VerifyingKey(key)) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The same of base64 with padding, as a statement's line has it. */
    static Optional<VerifyingKey> ofText(String text) {
        try {
            return of(Base64.getDecoder().decode(text))
                    .filter(key ->
                            Base64.getEncoder().encodeToString(key.encoded()).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a public key's PEM file.
     *
     * @throws NightException with exit code 65 where it cannot be read or holds none of Ed25519
     */
    public static VerifyingKey read(Path file) {
        try {
            return Pem.read(LABEL, RegularFile.text(file, Pem.MOST_BYTES, StandardCharsets.US_ASCII))
                    .flatMap(VerifyingKey::of)
                    .orElseThrow(() -> new NightException(
                            ExitCode.DATA,
                            "%s is no public key; expected PEM with \"BEGIN PUBLIC KEY\" and a key of Ed25519. Name the .pub file that keygen wrote."
                                    .formatted(file)));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be read: %s. Check the path and its permissions.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    public byte[] encoded() {
        return key.getEncoded();
    }

    /** Names the key: the SHA-256 of its encoding. */
    public String id() {
        return Sha256.hex(encoded());
    }

    public String pem() {
        return Pem.write(LABEL, encoded());
    }

    /** Whether the envelope was signed with the other half. */
    public boolean verifies(Dsse envelope) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(Dsse.preAuthentication(envelope.payloadType(), envelope.payload()));
            return signature.verify(envelope.signature());
        } catch (SignatureException e) {
            return false; // no signature at all
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }
}
