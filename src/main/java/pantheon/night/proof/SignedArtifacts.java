package pantheon.night.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.artifact.ArtifactDigests;
import pantheon.night.artifact.Artifacts;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.review.Review;

/** The artifacts that a night's statements are over, and what the journal says of the others, against the files there are. */
final class SignedArtifacts {
    private static final String PATCH = "diff.patch";

    private final Map<String, Signed> signed = new TreeMap<>();
    private final Map<String, String> patches = new TreeMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final List<String> reviews = new ArrayList<>();
    private final boolean linked;

    /** @param linked whether there is a link in place of each task's folder, which leads to where it was done */
    SignedArtifacts(boolean linked) {
        this.linked = linked;
    }

    /** @param digests by the file's path in the task's folder */
    private record Signed(long line, Map<String, String> digests) {}

    void take(JournalReader.Entry entry) {
        if (entry.event() instanceof TaskEvent event) {
            begun.add(event.task());
        }
        switch (entry.event()) {
            case TaskStarted started -> { // its folder is made anew
                signed.remove(started.task());
                patches.remove(started.task());
            }
            case TaskFinished finished -> {
                var digest = finished.ending().diffDigest();
                if (digest != null) {
                    patches.put(finished.task(), digest);
                    ends.put(finished.task(), entry.seq());
                }
            }
            default -> {}
        }
    }

    /** A statement over a task's files, which is right in itself. */
    void signed(String task, long line, Map<String, Map<String, String>> subject) {
        var digests = new TreeMap<String, String>();
        subject.forEach(
                (name, digest) -> digests.put(name.substring(task.length() + 1), digest.getOrDefault("sha256", "")));
        signed.put(task, new Signed(line, digests));
    }

    /**
     * Compares them with the files.
     *
     * @param ended whether the night has ended; one that was interrupted may have left a folder and no line
     * @return how many files were compared
     */
    int check(Path folder, boolean ended, BiConsumer<Long, String> findings) {
        int compared = 0;
        for (var entry : signed.entrySet()) {
            var line = entry.getValue().line();
            var digests = entry.getValue().digests();
            var there = ArtifactDigests.of(folder(folder, entry.getKey()));
            var names = new TreeSet<>(digests.keySet());
            names.addAll(there.keySet());
            for (var name : names) {
                if (name.equals(Review.FILE) // people put it there by day, behind the signature
                        && !digests.containsKey(name)
                        && !ArtifactDigests.NO_FILE.equals(there.get(name))) {
                    reviews.add(entry.getKey() + "/" + name);
                    continue;
                }
                compared++;
                wrong(folder(folder, entry.getKey()).resolve(name), digests.get(name), there.get(name))
                        .ifPresent(what -> findings.accept(line, what));
            }
            ArtifactDigests.emptyFolders(folder(folder, entry.getKey()))
                    .forEach(empty ->
                            findings.accept(line, "%s is a folder; the night made none there".formatted(empty)));
        }
        for (var entry : patches.entrySet()) {
            if (!signed.containsKey(entry.getKey())) {
                var there = ArtifactDigests.of(folder(folder, entry.getKey())).get(PATCH);
                compared++;
                wrong(folder(folder, entry.getKey()).resolve(PATCH), entry.getValue(), there)
                        .ifPresent(what -> findings.accept(ends.getOrDefault(entry.getKey(), 0L), what));
            }
        }
        if (ended) {
            strangers(folder, findings);
        }
        return compared;
    }

    /** The reviews that were added after the signature, which is no finding: they are not the night's. */
    List<String> reviews() {
        return List.copyOf(reviews);
    }

    private Path folder(Path folder, String task) {
        var own = folder.resolve(task);
        try {
            return linked && Files.isSymbolicLink(own) ? Files.readSymbolicLink(own) : own;
        } catch (IOException e) {
            return own; // then it holds nothing
        }
    }

    /** What is wrong with a file, if anything. */
    private static Optional<String> wrong(Path file, @Nullable String expected, @Nullable String there) {
        if (expected == null) {
            return Optional.of("%s was not there when it was signed".formatted(file));
        }
        if (there == null) {
            return Optional.of("%s is missing".formatted(file));
        }
        return expected.equals(there)
                ? Optional.empty()
                : Optional.of("%s has SHA-256 %s; expected %s".formatted(file, there, expected));
    }

    /** What is of no task that the night had. */
    private void strangers(Path folder, BiConsumer<Long, String> findings) {
        try {
            Artifacts.strangers(folder, begun)
                    .forEach(entry -> findings.accept(0L, "%s is of no task of this night".formatted(entry)));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check its permissions.".formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }
}
