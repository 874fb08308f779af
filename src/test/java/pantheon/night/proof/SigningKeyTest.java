package pantheon.night.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** Keys, against RFC 8032 and the permissions of their files. */
final class SigningKeyTest {
    private static final HexFormat HEX = HexFormat.of();
    /** Before the 32 bytes of a private key of Ed25519 in PKCS#8, and of a public one in SubjectPublicKeyInfo. */
    private static final String PKCS8 = "302e020100300506032b657004220420";

    private static final String PUBLIC = "302a300506032b6570032100";

    /** RFC 8032, 7.1, TEST 2. */
    private static final String SECRET = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String POINT = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    @TempDir
    private Path folder;

    private Path key(String permissions, String text) throws IOException {
        var file = Files.writeString(folder.resolve("key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static NightException refused(Path file) {
        var refused = assertThrows(NightException.class, () -> SigningKey.read(file));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        return refused;
    }

    @Test
    void the_public_half_of_a_known_key_is_the_known_one() {
        var key = SigningKey.ofPem(Pem.write("PRIVATE KEY", HEX.parseHex(PKCS8 + SECRET)))
                .orElseThrow();
        assertArrayEquals(HEX.parseHex(PUBLIC + POINT), key.verifyingKey().encoded());
    }

    @Test
    void the_same_content_gets_the_same_signature_which_any_ed25519_takes() throws GeneralSecurityException {
        var key = SigningKey.generate();
        var one = key.sign("t", "content".getBytes(UTF_8));
        assertEquals(one.envelope(), key.sign("t", "content".getBytes(UTF_8)).envelope());
        var other = Signature.getInstance("EdDSA");
        other.initVerify(java.security.KeyFactory.getInstance("EdDSA")
                .generatePublic(new java.security.spec.X509EncodedKeySpec(
                        key.verifyingKey().encoded())));
        other.update("DSSEv1 1 t 7 content".getBytes(UTF_8));
        assertTrue(other.verify(one.signature()));
    }

    @Test
    void a_key_is_read_back_with_both_halves() throws IOException {
        var key = SigningKey.generate();
        var read = SigningKey.read(key("rw-------", key.pem()));
        assertEquals(key.verifyingKey().id(), read.verifyingKey().id());
        assertEquals(
                key.sign("t", new byte[3]).envelope(),
                read.sign("t", new byte[3]).envelope());
        var publicFile =
                Files.writeString(folder.resolve("pub"), key.verifyingKey().pem());
        assertEquals(key.verifyingKey().id(), VerifyingKey.read(publicFile).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
    void a_key_that_others_can_reach_is_refused(String permissions) throws IOException {
        var message = refused(key(permissions, SigningKey.generate().pem())).getMessage();
        assertTrue(message.contains("has mode " + permissions), message);
        assertTrue(message.contains("chmod 600"), message);
    }

    @Test
    void a_credential_may_show_the_mask_of_its_access_list_and_no_permission_for_others() throws IOException {
        var key = SigningKey.generate();
        assertEquals(
                key.verifyingKey().id(),
                SigningKey.readCredential(key("r--r-----", key.pem()))
                        .verifyingKey()
                        .id());
        assertThrows(NightException.class, () -> SigningKey.readCredential(key("r--r--r--", key.pem())));
    }

    @Test
    void what_is_no_key_of_ed25519_is_refused() throws IOException, GeneralSecurityException {
        assertTrue(refused(folder.resolve("missing")).getMessage().contains("cannot be read"));
        assertTrue(refused(key("rw-------", "")).getMessage().contains("is no signing key"));
        assertTrue(refused(key("rw-------", SigningKey.generate().verifyingKey().pem()))
                .getMessage()
                .contains("BEGIN PRIVATE KEY"));
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        refused(key("rw-------", Pem.write("PRIVATE KEY", rsa.getPrivate().getEncoded())));
        var file =
                Files.writeString(folder.resolve("pub"), SigningKey.generate().pem());
        assertEquals(
                ExitCode.DATA,
                assertThrows(NightException.class, () -> VerifyingKey.read(file))
                        .exitCode());
    }
}
