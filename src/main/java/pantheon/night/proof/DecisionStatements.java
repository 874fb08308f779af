package pantheon.night.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.StatementKind;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements over decisions: each follows its decision's line, whose hash it holds, and that stands for all lines
 * before it. A decision that was not signed, since its writer could not read the key, is so covered by the next one that
 * is.
 */
public final class DecisionStatements {
    private final Set<String> trusted;
    private final List<String> findings = new ArrayList<>();
    private final Path file;
    private @Nullable NightEvent due;
    private String head = Journal.GENESIS;
    private int decisions;
    private int signed;

    /**
     * What was found of a journal of decisions.
     *
     * @param signed how many have a statement of their own
     * @param findings what is wrong, each with its file and line
     */
    public record Result(int decisions, int signed, List<String> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    private DecisionStatements(Path file, Set<String> trusted) {
        this.file = file;
        this.trusted = trusted;
    }

    /**
     * The statement over a decision.
     *
     * @param journal what the journal's lines name as their night
     * @param place where the statement will stand, behind the decision
     */
    public static StatementSigned sign(SigningKey key, String journal, DecisionMade made, Journal.Place place) {
        return sign(key, made.task(), statement(journal, made, place));
    }

    /** The same over the word that an agent goes on. */
    public static StatementSigned sign(SigningKey key, String journal, AgentReleased made, Journal.Place place) {
        return sign(key, null, statement(journal, made, place));
    }

    private static StatementSigned sign(SigningKey key, @Nullable String task, Statement statement) {
        return new StatementSigned(
                task,
                StatementKind.DECISION,
                key.sign(Statement.PAYLOAD_TYPE, statement.bytes()).envelope(),
                Base64.getEncoder().encodeToString(key.verifyingKey().encoded()));
    }

    private static Map<String, Map<String, String>> line(String journal, Journal.Place place) {
        var subject = new HashMap<String, Map<String, String>>();
        subject.put("%s.jsonl:%d".formatted(journal, place.seq() - 1), Map.of("sha256", place.prevHash()));
        return subject;
    }

    private static ObjectNode predicate(String run, Journal.Place place) {
        return Json.object()
                .put("run", run)
                .put("line", place.seq())
                .put("time", place.time().toString())
                .put("chainHead", place.prevHash());
    }

    private static Statement statement(String journal, AgentReleased made, Journal.Place place) {
        var predicate = predicate(made.run(), place).put("agent", made.agent()).put("stop", made.number());
        return new Statement(StatementKind.DECISION, line(journal, place), predicate);
    }

    private static Statement statement(String journal, NightEvent made, Journal.Place place) {
        return switch (made) {
            case DecisionMade decision -> statement(journal, decision, place);
            case AgentReleased released -> statement(journal, released, place);
            default -> throw new IllegalStateException("it is no decision");
        };
    }

    private static Statement statement(String journal, DecisionMade made, Journal.Place place) {
        var subject = line(journal, place);
        var predicate = predicate(made.run(), place).put("task", made.task());
        if (made.commit() != null) {
            subject.put("commit", Map.of("gitCommit", made.commit()));
            predicate.put("resultCommit", made.commit());
        }
        return new Statement(StatementKind.DECISION, subject, predicate);
    }

    /**
     * Checks a journal of decisions: its chain, and every statement in it.
     *
     * @param keys that may have signed; any where there are none
     */
    public static Result check(Path file, List<VerifyingKey> keys) {
        var ids = keys.stream().map(VerifyingKey::id).collect(Collectors.toSet());
        var statements = new DecisionStatements(file, ids);
        if (Files.exists(file)) {
            try {
                JournalReader.read(file, statements::take);
            } catch (NightException e) {
                statements.findings.add(e.getMessage());
            }
        }
        return new Result(statements.decisions, statements.signed, statements.findings);
    }

    private void take(Entry entry) {
        switch (entry.event()) {
            case DecisionMade made -> decided(made);
            case AgentReleased made -> decided(made);
            case StatementSigned statement ->
                wrong(entry, statement)
                        .ifPresentOrElse(
                                what -> findings.add("%s:%d: %s".formatted(file, entry.seq(), what)), () -> signed++);
            default -> findings.add("%s:%d: it is no decision".formatted(file, entry.seq()));
        }
        head = entry.hash();
    }

    private void decided(NightEvent made) {
        due = made;
        decisions++;
    }

    private Optional<String> wrong(Entry entry, StatementSigned event) {
        var made = due;
        due = null;
        var envelope = Dsse.of(event.envelope());
        var key = VerifyingKey.ofText(event.publicKey());
        if (made == null || envelope.isEmpty() || key.isEmpty()) {
            return Optional.of("the statement follows no decision, or is not in the one form that is written");
        }
        var journal = Journal.run(file);
        var place = new Journal.Place(entry.seq(), head, entry.time());
        boolean isWhole = Journal.hash(journal, place, event).equals(entry.hash())
                && Arrays.equals(
                        statement(journal, made, place).bytes(), envelope.get().payload())
                && event.kind() == StatementKind.DECISION;
        if (!isWhole) {
            return Optional.of("the statement claims something else than the decision before it says");
        }
        if (!key.get().verifies(envelope.get())) {
            return Optional.of(
                    "the statement's signature is not one of key " + key.get().id());
        }
        return trusted.isEmpty() || trusted.contains(key.get().id())
                ? Optional.empty()
                : Optional.of("the statement is signed by key %s; expected %s"
                        .formatted(key.get().id(), trusted));
    }
}
