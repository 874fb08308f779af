package pantheon.night.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.workspace.Workspace;

/**
 * Checks a night's journal against itself, its statements, its artifacts and its commits.
 *
 * <p>Every byte of a signed journal is covered: each line's by the hash in the line after it, and the last one's, which
 * is a statement's, because it must be byte for byte what the writer makes of the statement, whose content is signed.
 */
public final class Verification {
    /**
     * What the night is held against from outside; what is not known is not compared.
     *
     * @param keys one of them must have signed everything; empty where none is known
     * @param heads the hash that the last line must have, by who says so
     * @param prunedHashes those of the lines of the list of pruned nights, one of which the night may name
     */
    public record Expected(List<VerifyingKey> keys, Map<String, String> heads, Set<String> prunedHashes) {
        public Expected {
            keys = List.copyOf(keys);
            heads = KeptOrder.map(heads);
            prunedHashes = KeptOrder.set(prunedHashes);
        }

        private List<String> keyIds() {
            return keys.stream().map(VerifyingKey::id).toList();
        }
    }

    /**
     * Something that is not as it was written.
     *
     * @param line the journal's line that it shows at, 0 where it is at none
     */
    public record Finding(long line, String what) {}

    /**
     * What came of it.
     *
     * @param lines how many whole lines could be read
     * @param head the hash of the last of them
     * @param torn whether half a line follows, which never counted
     * @param ended whether the night has ended
     * @param keys the ids of the keys that signed
     * @param covered the last line that a statement covers, its own included; 0 for none
     * @param reviews the files that people added to signed tasks, by their paths below the night's artifacts
     * @param findings in the order of their lines, those at none last
     */
    public record Result(
            long lines,
            String head,
            boolean torn,
            boolean ended,
            Set<String> keys,
            int signedTasks,
            int unsignedTasks,
            long covered,
            int commits,
            int artifacts,
            List<String> reviews,
            List<Finding> findings) {
        public boolean isIntact() {
            return findings.isEmpty();
        }
    }

    private final String run;
    private final Expected expected;
    private final Claims claims = new Claims();
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> lineOfHash = new HashMap<>();
    private final SignedArtifacts artifacts;
    private final JournaledCommits commits = new JournaledCommits();
    private String head = "0".repeat(64);
    private long lines;
    private long covered;
    private boolean ended;
    private boolean failed;
    private boolean broken;
    private boolean torn;
    private @Nullable NightGathered gathered;
    private final boolean gatheredHere;

    /** @param run the night's id */
    public Verification(String run, Expected expected) {
        this(run, expected, false);
    }

    private Verification(String run, Expected expected, boolean gatheredHere) {
        this.run = run;
        this.expected = expected;
        this.gatheredHere = gatheredHere;
        this.artifacts = new SignedArtifacts(gatheredHere);
    }

    /**
     * The same of a shard's night that was gathered: its log is elsewhere, and its artifacts lie among those of others.
     *
     * @param expected what else is expected
     */
    static Verification ofShard(GatheredShard shard, Expected expected) {
        var head = Map.of("the journal that gathered it", shard.head());
        return new Verification(shard.run(), new Expected(expected.keys(), head, Set.of()), true);
    }

    /** Checks everything there is. Files and commits are looked at only where the journal itself can be read. */
    public Result all(Path journal, Path folder, Workspace workspace) {
        journal(journal);
        int committed = 0;
        int files = 0;
        if (!broken && gathered != null) {
            var shards = new GatheredShards(gathered, journal, expected);
            files = shards.check(folder, workspace, this::found);
            committed = shards.checkBranch(run, workspace, this::found);
        } else if (!broken) {
            files = artifacts.check(folder, ended && !failed && !gatheredHere, this::found);
            committed = commits.check(run, workspace, this::found);
        }
        return result(committed, files);
    }

    /** Checks the journal alone. */
    public Result journalAlone(Path journal) {
        journal(journal);
        return result(0, 0);
    }

    private void journal(Path journal) {
        try {
            torn = JournalReader.read(journal, this::take);
        } catch (NightException e) {
            broken = true;
            found(lines + 1, e.getMessage());
            return;
        }
        atTheEnd();
    }

    private void take(JournalReader.Entry entry) {
        var event = entry.event();
        if (event instanceof StatementSigned signed) {
            var place = new Journal.Place(entry.seq(), head, entry.time());
            wrong(signed, place, entry.hash()).ifPresent(what -> found(entry.seq(), what));
            covered = entry.seq();
        }
        if (event instanceof NightGathered shards) {
            gathered = shards;
        }
        if (event instanceof NightStarted started) {
            compareFirst(entry.seq(), started);
        }
        if (!(event instanceof StatementSigned)) {
            notBehindTheEnd(entry.seq());
        }
        if (event instanceof NightFinished finished) {
            ended = true;
            failed = !finished.outcome().isEnd();
        }
        claims.take(event);
        artifacts.take(entry);
        commits.take(entry);
        head = entry.hash();
        lines = entry.seq();
        if (expected.heads().containsValue(entry.hash())) {
            lineOfHash.put(entry.hash(), entry.seq());
        }
    }

    /** Behind a night's end stand statements alone; one that failed is gone on with, or left. */
    private void notBehindTheEnd(long line) {
        if (ended && !failed) {
            found(line, "it stands behind the night's end");
        }
        ended = false;
    }

    private void compareFirst(long line, NightStarted started) {
        if (!started.run().equals(run)) {
            found(line, "it is the journal of night %s; expected %s".formatted(Json.quote(started.run()), run));
        }
        var prunedHead = started.prunedHead();
        if (prunedHead != null && !gatheredHere && !expected.prunedHashes().contains(prunedHead)) {
            found(line, "the list of pruned nights has no line %s; it was rewritten".formatted(prunedHead));
        }
    }

    /** What is wrong with a statement at its place, all of it but the files that it is over. */
    private Optional<String> wrong(StatementSigned event, Journal.Place place, String hash) {
        if (!Journal.hash(run, place, event).equals(hash)) {
            return Optional.of("the statement's line is not byte for byte as it was written");
        }
        var envelope = Dsse.of(event.envelope());
        var key = VerifyingKey.ofText(event.publicKey());
        if (envelope.isEmpty() || key.isEmpty()) {
            return Optional.of("the statement's envelope, or its key, is not in the one form that is written");
        }
        var id = key.get().id();
        keys.add(id);
        if (!envelope.get().keyId().equals(id) || !key.get().verifies(envelope.get())) {
            return Optional.of("the statement's signature is not one of key " + id);
        }
        if (!claims.signingKey().equals(Optional.of(id))) {
            return Optional.of("the statement is signed by key %s; the night named %s"
                    .formatted(id, claims.signingKey().orElse("none")));
        }
        if (!expected.keys().isEmpty() && !expected.keyIds().contains(id)) {
            return Optional.of("the statement is signed by key %s; expected %s".formatted(id, expected.keyIds()));
        }
        return wrong(event, place, envelope.get());
    }

    private Optional<String> wrong(StatementSigned event, Journal.Place place, Dsse envelope) {
        var statement = Statement.of(envelope.payload());
        if (statement.isEmpty() || !envelope.payloadType().equals(Statement.PAYLOAD_TYPE)) {
            return Optional.of("the payload is no statement of this program");
        }
        var task = event.task();
        var files = new HashMap<>(statement.get().subject());
        files.keySet().removeIf(name -> task == null || !name.startsWith(task + "/"));
        var due = claims.statement(task, place, files);
        if (due.isEmpty()) {
            return Optional.of("the statement is over what has not ended, or has its statement already");
        }
        if (event.kind() != due.get().kind() || !Arrays.equals(due.get().bytes(), envelope.payload())) {
            return Optional.of("the statement claims something else than the journal says");
        }
        if (task != null) {
            artifacts.signed(task, place.seq(), files);
        }
        return Optional.empty();
    }

    private void atTheEnd() {
        if (lines == 0) {
            found(1, "the journal has no line");
        }
        if (ended) {
            claims.due()
                    .forEach(task -> found(lines, "task %s ended, and there is no statement over it".formatted(task)));
            if (claims.nightIsDue()) {
                found(lines, "the night ended and named a signing key, and there is no statement over it");
            }
        }
        if (!expected.keys().isEmpty() && (keys.isEmpty() || claims.unsigned() > 0)) {
            found(
                    lines,
                    "%s not signed; expected signatures of %s"
                            .formatted(
                                    keys.isEmpty() ? "the night is" : claims.unsigned() + " of its tasks are",
                                    expected.keyIds()));
        }
        if (ended && torn) {
            found(lines + 1, "half a line stands behind the night's end");
        }
        new TreeMap<>(expected.heads()).forEach(this::compareHead);
    }

    private void compareHead(String source, String hash) {
        if (hash.equals(head)) {
            return;
        }
        var line = lineOfHash.get(hash);
        found(
                lines,
                "the head is %s; expected %s, as %s says, which is the hash of %s"
                        .formatted(
                                head,
                                hash,
                                source,
                                line == null ? "no line" : "line %d: lines came after it".formatted(line)));
    }

    private void found(long line, String what) {
        findings.add(new Finding(line, what));
    }

    private Result result(int committed, int files) {
        findings.sort(Comparator.comparingLong(finding -> finding.line() == 0 ? Long.MAX_VALUE : finding.line()));
        return new Result(
                lines,
                head,
                torn,
                ended,
                KeptOrder.set(keys),
                claims.signed(),
                claims.unsigned(),
                covered,
                committed,
                files,
                artifacts.reviews(),
                List.copyOf(findings));
    }
}
