package pantheon.night.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.SharedMode;
import pantheon.night.disk.WriterLock;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.StateFolder;
import pantheon.night.proof.DecisionStatements;
import pantheon.night.proof.SigningKey;

/**
 * Writes decisions down, for several people beside one another: each is on the disk when {@link #add} returns, and where
 * there is a key a statement follows it.
 *
 * @param key null where decisions are not signed
 * @param warnings takes a line about half a line that a crash left
 */
public record DecisionLog(StateFolder state, @Nullable SigningKey key, InstantSource clock, Consumer<String> warnings) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Writes some decisions.
     *
     * @throws NightException with exit code 65 where the journal of decisions is broken, 73 or 74 where it cannot be
     *     written
     */
    public void add(List<DecisionMade> decisions) {
        write(decisions, DecisionStatements::sign);
    }

    /** Writes down that agents go on, as {@link #add} does decisions. */
    public void release(List<AgentReleased> agents) {
        write(agents, DecisionStatements::sign);
    }

    /** Signs a decision's line. */
    private interface Signature<E> {
        NightEvent sign(SigningKey key, String journal, E made, Journal.Place place);
    }

    private <E extends NightEvent> void write(List<E> decisions, Signature<E> signature) {
        whileHeld(() -> {
            try (var journal = open()) {
                decisions.forEach(made -> add(journal, made, signature));
            }
            return decisions.size();
        });
    }

    private <E extends NightEvent> void add(Journal journal, E made, Signature<E> signature) {
        journal.append(made);
        if (key != null) {
            journal.append(place -> signature.sign(key, Decisions.NAME, made, place));
        }
    }

    private <T> T whileHeld(Supplier<T> action) {
        return new WriterLock(state.decisions().resolve(".lock"), PATIENCE).whileHeld(action);
    }

    private Journal open() {
        var file = Decisions.file(state);
        if (Files.exists(file)) {
            var opened = Journal.resume(state.decisions(), Decisions.NAME, clock);
            opened.cut().ifPresent(warnings);
            return opened.journal();
        }
        var journal = Journal.create(state.decisions(), Decisions.NAME, clock);
        try {
            SharedMode.set(file, file);
            return journal;
        } catch (IOException e) {
            journal.close();
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be given to its group: %s. Check its owner.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}
