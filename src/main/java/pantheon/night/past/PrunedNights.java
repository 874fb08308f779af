package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.WholeFile;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.NightPruned;

/**
 * What must be known of nights whose journals are gone, or broken, above all which tasks have ended: a journal of its own in
 * {@code pruned/index.jsonl}, whose head the first line of every later night carries.
 */
public final class PrunedNights {
    /** What the list is called where a journal would be by its night's id. */
    public static final String NAME = "index";

    private static final int MOST_BYTES = 1 << 30;

    private final Map<String, Night> nights = new LinkedHashMap<>();
    private final Set<String> hashes = new HashSet<>();
    private @Nullable String head;

    private PrunedNights() {}

    /** A night that was pruned or set aside, and when. */
    public record Night(Instant time, NightPruned pruned) {
        public String run() {
            return pruned.run();
        }

        /** The tasks that ended in it for good. */
        public List<String> ended() {
            return pruned.ended();
        }

        /** The hash of the last line of its journal, as far as it could be relied on. */
        public String head() {
            return pruned.head();
        }
    }

    private static Path folder(Path log) {
        return new LogFolder(log).pruned();
    }

    private static Path file(Path log) {
        return Journal.file(folder(log), NAME);
    }

    /**
     * Reads the list of a folder of journals.
     *
     * @throws NightException with exit code 65 where it is broken
     */
    public static PrunedNights of(Path log) {
        var pruned = new PrunedNights();
        if (Files.exists(file(log))) {
            JournalReader.read(file(log), pruned::take);
        }
        return pruned;
    }

    private void take(JournalReader.Entry entry) {
        head = entry.hash();
        hashes.add(entry.hash());
        if (entry.event() instanceof NightPruned night) {
            nights.put(night.run(), new Night(entry.time(), night));
        }
    }

    /**
     * Opens the list to write to; half a line that a crash left never counted.
     *
     * @param warnings takes a line about such a half
     */
    static Journal open(Path log, InstantSource clock, Consumer<String> warnings) {
        if (!Files.exists(file(log))) {
            return Journal.create(folder(log), NAME, clock);
        }
        var opened = Journal.resume(folder(log), NAME, clock);
        opened.cut().ifPresent(warnings);
        return opened.journal();
    }

    /** How many lines of the list can be relied on, where one is broken; empty where none is. */
    static OptionalLong soundLines(Path log) {
        var sound = SoundLines.of(file(log));
        return sound.areAll() ? OptionalLong.empty() : OptionalLong.of(sound.count());
    }

    /** Goes back to the first lines of the list; the whole of it is kept aside. */
    static void setAside(Path log, long lines, Path aside) {
        var file = file(log);
        try {
            var bytes = RegularFile.bytes(file, MOST_BYTES);
            int end = 0;
            for (long line = 0; line < lines; end++) {
                line += bytes[end] == '\n' ? 1 : 0;
            }
            var disk = Disk.local();
            disk.createFolder(Objects.requireNonNull(aside.getParent()));
            write(disk, aside, bytes);
            WholeFile.replace(file, Arrays.copyOf(bytes, end));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be set aside to %s: %s. Check the folder's owner, and whether there is one already."
                            .formatted(file, aside, IoReason.of(e, aside)),
                    e);
        }
    }

    private static void write(Disk disk, Path file, byte[] bytes) throws IOException {
        try (var out = disk.create(file)) {
            out.write(bytes);
            out.sync();
        }
        disk.syncFolder(Objects.requireNonNull(file.getParent()));
    }

    /** The nights, oldest first. */
    public List<Night> nights() {
        return List.copyOf(nights.values());
    }

    public Optional<Night> find(String run) {
        return Optional.ofNullable(nights.get(run));
    }

    /** The hash of the list's last line; empty where nothing was ever pruned. */
    Optional<String> head() {
        return Optional.ofNullable(head);
    }

    /** The hashes of all its lines. */
    public Set<String> hashes() {
        return KeptOrder.set(hashes);
    }
}
