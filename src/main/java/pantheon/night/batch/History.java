package pantheon.night.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.FinishReason;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** What earlier nights have done, folded from their journals. */
public final class History {
    private final Set<String> done = new HashSet<>();

    private History() {}

    /**
     * Reads every journal of a folder; one that does not exist yet has no history.
     *
     * @throws NightException with exit code 65 where a journal is broken
     */
    public static History of(Path log) {
        var history = new History();
        journals(log).forEach(file -> JournalReader.read(file, history::take));
        return history;
    }

    /** The journals of a folder, oldest first. */
    public static List<Path> journals(Path log) {
        if (!Files.isDirectory(log)) {
            return List.of();
        }
        try (var files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "log folder %s cannot be read: %s. Check its permissions.".formatted(log, e), e);
        }
    }

    private void take(JournalReader.Entry entry) {
        var task = entry.event().task();
        if (entry.event().type() == EventType.TASK_FINISHED && task != null) {
            var code = entry.event().data().get("night.finish_reason").stringValue();
            if (!FinishReason.valueOf(code.toUpperCase(Locale.ROOT)).carriesOver()) {
                done.add(task);
            }
        }
    }

    /** Whether a task has ended for good; one that was cut off has not. */
    public boolean isDone(String task) {
        return done.contains(task);
    }
}
