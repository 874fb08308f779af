package pantheon.night.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.contract.Json;
import pantheon.night.disk.Disk;
import pantheon.night.proof.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a key to sign nights with. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Makes a key of Ed25519 that nights are signed with, and its public half beside it.")
final class KeygenCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions options = new OutputOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "Gets the private key (PKCS#8 in PEM, mode 0600); FILE.pub gets the public one. Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("pantheon-night.key");

    @Override
    public Integer call() {
        var output = options.output();
        var publicFile = file.resolveSibling(file.getFileName() + ".pub");
        for (var there : new Path[] {file, publicFile}) {
            if (Files.exists(there)) {
                throw new NightException(
                        ExitCode.CANT_CREATE,
                        "%s exists already, and what was signed with a key that is gone cannot be told from a forgery. Name another file."
                                .formatted(there));
            }
        }
        var key = SigningKey.generate();
        write(key, publicFile);
        output.result(Json.object()
                .put("key_id", key.verifyingKey().id())
                .put("private_key", file.toString())
                .put("public_key", publicFile.toString()));
        output.say("key id:       " + key.verifyingKey().id());
        output.say("private key:  %s, for signing; nobody else may read it".formatted(file));
        output.say(
                "public key:   %s, for verify --key; keep a copy where the night cannot write".formatted(publicFile));
        output.detail("in the file:  Ed25519 (RFC 8032), PKCS#8 in PEM, mode 0600");
        output.say("in a shell:   set signing.key to the private key's path");
        output.say(
                "systemd:      move it to /etc/credstore/pantheon-night.key, or encrypted, with a drop-in for the unit:");
        output.say(
                "              systemd-creds encrypt --name=pantheon-night.key %s /etc/credstore.encrypted/pantheon-night.key"
                        .formatted(file));
        output.say("              LoadCredentialEncrypted=pantheon-night.key");
        return ExitCode.OK.status();
    }

    /** Both files or neither, each of them whole: a night could not tell half a key from a wrong one. */
    private void write(SigningKey key, Path publicFile) {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        var disk = Disk.local();
        try (var privateHalf = Half.write(folder, "rw-------", key.pem());
                var publicHalf =
                        Half.write(folder, "rw-r--r--", key.verifyingKey().pem())) {
            disk.move(publicHalf.file(), publicFile);
            try {
                disk.move(privateHalf.file(), file);
            } catch (IOException e) {
                Files.delete(publicFile);
                throw e;
            }
            disk.syncFolder(folder);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder, its owner and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** A file that has its content and not yet its name; what was not renamed is removed. */
    private record Half(Path file) implements AutoCloseable {
        static Half write(Path folder, String permissions, String text) throws IOException {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
            var half = new Half(Files.createTempFile(folder, ".pantheon-night-key", ".new", mode));
            try (var channel = FileChannel.open(half.file, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                return half;
            } catch (IOException e) {
                half.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
