package pantheon.night.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/** The key that statements are signed with: Ed25519 (RFC 8032), kept as PKCS#8 in PEM. The same content gives the same signature. */
public final class SigningKey {
    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private SigningKey(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /** A new key. */
    public static SigningKey generate() {
        return generate(new SecureRandom());
    }

    private static SigningKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }

    /** The key of a PEM text; empty where it holds none of Ed25519. */
    public static Optional<SigningKey> ofPem(String text) {
        return Pem.read(LABEL, text).flatMap(SigningKey::seed).map(seed -> generate(new Seed(seed)));
    }

    private static Optional<byte[]> seed(byte[] encoded) {
        try {
            var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return ((EdECPrivateKey) key).getBytes();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Gives a private key's own bytes, so that the generator makes its public half too; the JDK has no other way. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 takes 32 bytes, got a wish for " + bytes.length);
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /**
     * Reads a key's file, which nobody but its owner may be able to read.
     *
     * @throws NightException with exit code 78 where it cannot be read, others can read it, or it holds no key
     */
    public static SigningKey read(Path file) {
        return read(
                file,
                EnumSet.of(
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.GROUP_WRITE,
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_WRITE));
    }

    /**
     * Reads a credential of the service manager. It may show a group's permission, which is then the mask of the access
     * list that lets this service alone read it.
     */
    public static SigningKey readCredential(Path file) {
        return read(file, EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE));
    }

    private static SigningKey read(Path file, Set<PosixFilePermission> forbidden) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(forbidden::contains)) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "the signing key %s has mode %s, so others can read or change it; expected rw-------. Run chmod 600 on it, and make a new key if others were about."
                                .formatted(file, PosixFilePermissions.toString(permissions)));
            }
            return ofPem(RegularFile.text(file, Pem.MOST_BYTES, StandardCharsets.US_ASCII))
                    .orElseThrow(() -> new NightException(
                            ExitCode.CONFIG,
                            "%s is no signing key; expected PEM with \"BEGIN PRIVATE KEY\" and a key of Ed25519. Make one with pantheon-night keygen."
                                    .formatted(file)));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the signing key %s cannot be read: %s. Correct signing.key, or make one with pantheon-night keygen."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    public String pem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /** Signs a payload. */
    public Dsse sign(String payloadType, byte[] payload) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(Dsse.preAuthentication(payloadType, payload));
            return new Dsse(payloadType, payload, verifyingKey.id(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of Ed25519 signs anything", e);
        }
    }
}
