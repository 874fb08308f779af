package pantheon.night.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.artifact.ArtifactDigests;
import pantheon.night.disk.Disk;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.StatementSigned;

/** Signs a night's statements into its journal: one over each task that ended, and one over the night. */
public final class Statements {
    private final Claims claims;
    private final @Nullable SigningKey key;
    private final Disk disk;
    private final Path artifacts;
    private final Journal journal;

    /**
     * With what a night is signed, and over which files.
     *
     * @param key null where it is not signed
     * @param artifacts the night's folder of artifacts
     */
    public record Signing(@Nullable SigningKey key, Disk disk, Path artifacts) {}

    /** @param claims what the journal says so far; from now on they follow it */
    public Statements(Claims claims, Signing signing, Journal journal) {
        this.claims = claims;
        this.key = signing.key();
        this.disk = signing.disk();
        this.artifacts = signing.artifacts();
        this.journal = journal;
        journal.watch(claims::take);
    }

    /** The id of the key that is signed with; empty where the night is not signed. */
    public Optional<String> keyId() {
        return Optional.ofNullable(key).map(signer -> signer.verifyingKey().id());
    }

    /** Whether what ends now gets its statement. */
    public boolean areSigned() {
        return key != null && claims.signingKey().equals(keyId());
    }

    /**
     * Signs what is due, with the key that the night named when it began or went on; with another one it signs nothing.
     * What a statement is over is on the disk before the statement is.
     */
    public void sign() {
        if (key == null || !areSigned()) {
            return;
        }
        for (var task : claims.due()) {
            var folder = artifacts.resolve(task);
            var digests = ArtifactDigests.of(folder);
            sync(folder, digests);
            sign(key, task, named(task, digests));
        }
        if (claims.nightIsDue()) {
            sign(key, null, Map.of());
        }
    }

    private static Map<String, Map<String, String>> named(String task, Map<String, String> digests) {
        var subject = new HashMap<String, Map<String, String>>();
        digests.forEach((file, digest) -> subject.put(task + "/" + file, Map.of("sha256", digest)));
        return subject;
    }

    private void sign(SigningKey signer, @Nullable String task, Map<String, Map<String, String>> subject) {
        journal.append(place -> {
            var statement = claims.statement(task, place, subject).orElseThrow();
            return new StatementSigned(
                    task,
                    statement.kind(),
                    signer.sign(Statement.PAYLOAD_TYPE, statement.bytes()).envelope(),
                    Base64.getEncoder().encodeToString(signer.verifyingKey().encoded()));
        });
    }

    private void sync(Path folder, Map<String, String> digests) {
        try {
            for (var file : digests.keySet()) {
                try (var out = disk.open(folder.resolve(file))) {
                    out.sync();
                }
            }
            if (!digests.isEmpty()) {
                disk.syncFolder(folder);
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "the artifacts in %s cannot be made to last: %s. Check the disk."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }
}
