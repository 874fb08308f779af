package pantheon.night.past;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;

/**
 * The lines of a journal that can be relied on, and what they tell. Where a line is broken, those are the lines before
 * it but for the last of them: no line vouches for that one, and it may be the one that was changed.
 */
final class SoundLines {
    private final NightTasks tasks = new NightTasks();
    private boolean hasEnded;
    private @Nullable String baseCommit;
    private long count;
    private String head = Journal.GENESIS;
    private JournalReader.@Nullable Entry last;
    private @Nullable String problem;

    private SoundLines() {}

    /** @throws NightException with exit code 74 where the file cannot be read at all */
    static SoundLines of(Path journal) {
        var sound = new SoundLines();
        if (!Files.exists(journal)) {
            return sound;
        }
        try {
            JournalReader.read(journal, sound::take);
            sound.takeLast();
        } catch (NightException e) {
            if (e.exitCode() != ExitCode.DATA) {
                throw e;
            }
            sound.problem = e.getMessage();
        }
        return sound;
    }

    private void take(JournalReader.Entry entry) {
        takeLast();
        last = entry;
    }

    private void takeLast() {
        if (last != null) {
            tasks.take(last.event());
            hasEnded = switch (last.event()) {
                case NightFinished finished -> finished.outcome().isEnd();
                case NightResumed resumed -> false;
                default -> hasEnded;
            };
            if (last.event() instanceof NightStarted started) {
                baseCommit = started.baseCommit();
            }
            count = last.seq();
            head = last.hash();
        }
    }

    /** Whether they tell of the night's end. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** The commit that the night began on, empty where they do not tell it. */
    Optional<String> baseCommit() {
        return Optional.ofNullable(baseCommit);
    }

    NightTasks tasks() {
        return tasks;
    }

    long count() {
        return count;
    }

    /** The hash of the last of them. */
    String head() {
        return head;
    }

    boolean areAll() {
        return problem == null;
    }

    /** The number of the broken line. */
    long brokenLine() {
        return last == null ? 1 : last.seq() + 1;
    }
}
