package pantheon.night.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pantheon.night.ExitCode;
import pantheon.night.FileTree;
import pantheon.night.NightException;
import pantheon.night.agent.FinishReason;
import pantheon.night.contract.Json;
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import tools.jackson.databind.JsonNode;

/**
 * Which old nights are kept, and how the others go. The newest night stays in any case, and so does every night with a
 * task that has not ended for good. The caller holds the lock on the state folder, so no night is running.
 */
public final class Retention {
    /**
     * A night on the disk.
     *
     * @param bytes of its journal and its artifacts
     * @param ended the tasks that ended in it for good
     * @param open the tasks of it that have not ended for good, in no night
     */
    public record KeptNight(
            String run,
            Path journal,
            Path artifacts,
            long bytes,
            JournalReader.End end,
            List<String> ended,
            List<String> open) {}

    /**
     * What is to be done.
     *
     * @param pruned the nights that go, oldest first
     * @param held the nights that would go, but for their open tasks
     * @param keptBytes what is left
     */
    public record Plan(List<KeptNight> pruned, List<KeptNight> held, int keptNights, long keptBytes) {
        /** How much is freed. */
        public long freedBytes() {
            return pruned.stream().mapToLong(KeptNight::bytes).sum();
        }
    }

    private final Path log;
    private final Path artifacts;
    private final InstantSource clock;

    /**
     * @param log the folder of journals
     * @param artifacts the folder with one folder of artifacts a night
     */
    public Retention(Path log, Path artifacts, InstantSource clock) {
        this.log = log;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /**
     * Finds the nights that go, from the oldest on, until the others are within both limits.
     *
     * @param nights how many may stay; 0 for any number
     * @param bytes how much may stay; 0 for any size
     */
    public Plan plan(int nights, long bytes) {
        var history = History.of(log);
        var all = History.journals(log).stream()
                .map(journal -> night(journal, history))
                .toList();
        var pruned = new ArrayList<KeptNight>();
        var held = new ArrayList<KeptNight>();
        int left = all.size();
        long size = all.stream().mapToLong(KeptNight::bytes).sum();
        for (var night : all.subList(0, Math.max(0, all.size() - 1))) {
            boolean over = (nights > 0 && left > nights) || (bytes > 0 && size > bytes);
            if (!over) {
                break;
            }
            if (night.open().isEmpty()) {
                pruned.add(night);
                left--;
                size -= night.bytes();
            } else {
                held.add(night);
            }
        }
        return new Plan(pruned, held, left, size);
    }

    private KeptNight night(Path journal, History history) {
        var begun = new LinkedHashSet<String>();
        var ended = new LinkedHashSet<String>();
        var end = JournalReader.readToEnd(journal, entry -> take(entry.event(), begun, ended));
        var folder = artifacts.resolve(History.run(journal));
        return new KeptNight(
                History.run(journal),
                journal,
                folder,
                size(journal) + size(folder),
                end,
                List.copyOf(ended),
                begun.stream().filter(task -> !history.isDone(task)).toList());
    }

    private static void take(Event event, Set<String> begun, Set<String> ended) {
        if (event.task() != null) {
            begun.add(event.task());
        }
        if (event.type() == EventType.NIGHT_FINISHED) {
            event.data()
                    .path("night.carry_over")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .forEach(begun::add);
        }
        if (event.type() == EventType.TASK_FINISHED
                && event.task() != null
                && !FinishReason.of(event.data().get("night.finish_reason").stringValue())
                        .carriesOver()) {
            ended.add(event.task());
        }
    }

    private static long size(Path path) {
        try {
            return FileTree.size(path);
        } catch (IOException e) {
            throw failed(path, "read", e);
        }
    }

    /**
     * Removes the nights of a plan. What must be known of one is on the disk before it goes; its artifacts go first and
     * its journal last, so that what a crash leaves is pruned the next time.
     */
    public void prune(Plan plan) {
        if (plan.pruned().isEmpty()) {
            return;
        }
        var known = PrunedNights.of(log);
        try (var list = PrunedNights.open(log, clock)) {
            for (var night : plan.pruned()) {
                boolean listed = known.find(night.run())
                        .filter(before -> before.head().equals(night.end().head()))
                        .isPresent();
                if (!listed) {
                    list(night, list);
                }
                remove(night.artifacts());
                remove(night.journal());
            }
        }
    }

    private static void list(KeptNight night, Journal list) {
        var data = Json.object();
        data.put("night.run", night.run());
        data.put("night.lines", night.end().lines());
        data.put("night.head", night.end().head());
        data.put("night.bytes", night.bytes());
        var ended = data.putArray("night.ended");
        night.ended().forEach(ended::add);
        list.append(new Event(EventType.NIGHT_PRUNED, null, data));
    }

    private static void remove(Path path) {
        try {
            FileTree.remove(path);
        } catch (IOException e) {
            throw failed(path, "removed", e);
        }
    }

    private static NightException failed(Path path, String verb, Exception e) {
        return new NightException(
                ExitCode.IO, "%s cannot be %s: %s. Check its owner, and prune again.".formatted(path, verb, e), e);
    }
}
