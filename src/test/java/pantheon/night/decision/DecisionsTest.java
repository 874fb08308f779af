package pantheon.night.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.StateFolder;
import pantheon.night.outcome.Verdict;
import pantheon.night.proof.DecisionStatements;
import pantheon.night.proof.SigningKey;

final class DecisionsTest {
    private static final String RUN = "20261123-220000";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> warnings = new ArrayList<>();

    private StateFolder state() {
        return new StateFolder(folder);
    }

    private static DecisionMade made(String task, Verdict verdict, @Nullable String reason) {
        return new DecisionMade(task, RUN, verdict, "ann", "e5".repeat(20), "a7".repeat(32), reason, null);
    }

    private void write(@Nullable SigningKey key, DecisionMade... made) {
        new DecisionLog(state(), key, InstantSource.fixed(Instant.EPOCH), warnings::add).add(List.of(made));
    }

    @Test
    void the_last_word_counts_and_all_are_kept() {
        write(null, made("a", Verdict.ACCEPTED, null), made("b", Verdict.LATER, null));
        write(null, made("a", Verdict.REJECTED, "no title"));
        var decisions = Decisions.of(state());
        assertEquals(
                "rejected by ann: no title",
                decisions.last(RUN, "a").orElseThrow().words());
        assertEquals(2, decisions.all(RUN, "a").size());
        assertTrue(decisions.last("20261122-220000", "a").isEmpty(), "a decision is of one night");
        assertTrue(decisions.judgement(RUN, "b").isEmpty());
        assertFalse(decisions.review(RUN, "a").isAccepted());
        assertEquals(List.of("ann: no title"), decisions.review(RUN, "a").objections());
    }

    @Test
    void nothing_is_decided_where_there_is_no_journal() {
        assertTrue(Decisions.of(state()).last(RUN, "a").isEmpty());
        assertEquals(
                0, DecisionStatements.check(Decisions.file(state()), List.of()).decisions());
    }

    @Test
    void an_agent_goes_on_after_the_one_stop_that_was_looked_at_and_that_is_signed_too() {
        var key = SigningKey.generate();
        write(key, made("a", Verdict.ACCEPTED, null));
        new DecisionLog(state(), key, InstantSource.fixed(Instant.EPOCH), warnings::add)
                .release(List.of(new AgentReleased("docops", RUN, 2, "ann", "mended")));
        var decisions = Decisions.of(state());
        assertTrue(decisions.isReleased("docops", RUN, 2));
        assertFalse(decisions.isReleased("docops", RUN, 1));
        assertFalse(decisions.isReleased("docops", "20261122-220000", 2));
        assertFalse(decisions.isReleased("other", RUN, 2));
        assertEquals(
                new DecisionStatements.Result(2, 2, List.of()),
                DecisionStatements.check(Decisions.file(state()), List.of(key.verifyingKey())));
    }

    @Test
    void half_a_line_that_a_crash_left_never_counted() throws IOException {
        write(null, made("a", Verdict.ACCEPTED, null));
        Files.writeString(Decisions.file(state()), "{\"specversion\"", StandardOpenOption.APPEND);
        assertEquals(
                Verdict.ACCEPTED,
                Decisions.of(state()).last(RUN, "a").orElseThrow().verdict());
        write(null, made("b", Verdict.ACCEPTED, null));
        assertEquals(1, warnings.size());
        assertEquals(2, Files.readAllLines(Decisions.file(state())).size());
    }

    @Test
    void each_is_signed_and_a_change_of_any_line_is_found() throws IOException {
        var key = SigningKey.generate();
        write(key, made("a", Verdict.ACCEPTED, null), made("b", Verdict.REJECTED, "no title"));
        var file = Decisions.file(state());
        var whole = DecisionStatements.check(file, List.of(key.verifyingKey()));
        assertEquals(new DecisionStatements.Result(2, 2, List.of()), whole);
        var other = SigningKey.generate().verifyingKey();
        assertFalse(DecisionStatements.check(file, List.of(other)).findings().isEmpty());
        var text = Files.readString(file);
        for (var change : List.of("no title", "\"accepted\"", "\"sig\":\"")) {
            int at = text.indexOf(change) + change.length() - 2;
            var changed = text.substring(0, at) + (text.charAt(at) == 'x' ? 'y' : 'x') + text.substring(at + 1);
            Files.writeString(file, changed);
            assertFalse(DecisionStatements.check(file, List.of()).findings().isEmpty(), change);
        }
    }

    @Test
    void a_broken_journal_is_told_by_its_line() throws IOException {
        write(null, made("a", Verdict.ACCEPTED, null), made("b", Verdict.ACCEPTED, null));
        var file = Decisions.file(state());
        Files.writeString(file, Files.readString(file).replaceFirst("ann", "bob"));
        var broken = assertThrows(NightException.class, () -> Decisions.of(state()));
        assertTrue(broken.getMessage().contains("decisions.jsonl:2"), broken.getMessage());
    }

    @Test
    void several_people_decide_at_once() {
        IntStream.range(0, 16).parallel().forEach(i -> write(null, made("t" + i, Verdict.ACCEPTED, null)));
        var decisions = Decisions.of(state());
        assertTrue(IntStream.range(0, 16)
                .allMatch(i -> decisions.last(RUN, "t" + i).isPresent()));
    }
}
