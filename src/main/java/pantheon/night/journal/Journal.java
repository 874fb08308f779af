package pantheon.night.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.Disk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The night's log while it is being written: JSONL, one CloudEvents 1.0 event a line.
 *
 * <p>Each line carries its number from 1 ({@code seq}) and the SHA-256 of the line before it ({@code prevhash}, zeros
 * on the first), so a line that was changed, lost, or moved shows. Outcomes, and the intent of a commit, are on the
 * disk when {@link #append} returns; all other lines are with the next of them, or in groups of {@value #GROUP}. What a
 * tool does needs no more: it happens in a scratch checkout, which is made anew after an interruption.
 */
public final class Journal implements AutoCloseable {
    /** What the name of every journal ends in, behind its night's id. */
    public static final String SUFFIX = ".jsonl";

    /** The hash before the first line. */
    public static final String GENESIS = "0".repeat(64);

    /** What every line is valid against, its data apart. */
    static final Schema ENVELOPE = Schema.resource("/schema/event/envelope.json");

    /** The most lines that wait for a sync. */
    static final int GROUP = 32;

    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

    private final Path file;
    private final String source;
    private final Disk.Output out;
    private final InstantSource clock;
    private String head = GENESIS;
    private long seq;
    private int unsynced;
    private @Nullable IOException failure;
    private Consumer<NightEvent> watcher = event -> {};

    private Journal(Path file, String source, Disk.Output out, InstantSource clock) {
        this.file = file;
        this.source = source;
        this.out = out;
        this.clock = clock;
    }

    /** Begins the journal of a night on the disk of this machine. */
    public static Journal create(Path folder, String run, InstantSource clock) {
        return create(Disk.local(), folder, run, clock);
    }

    /** Where the journal of a night is. */
    public static Path file(Path folder, String run) {
        return folder.resolve(run + SUFFIX);
    }

    /** The night's id, which is its journal's name. */
    public static String run(Path journal) {
        var name = journal.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /**
     * Begins the journal of a night.
     *
     * @param folder is made where it is missing
     * @param run the night's id; the file is {@code <run>.jsonl}
     * @throws NightException with exit code 73 where the file cannot be made or exists already
     */
    public static Journal create(Disk disk, Path folder, String run, InstantSource clock) {
        var file = file(folder, run);
        try {
            disk.createFolder(folder);
            var journal = journal(file, run, disk.create(file), clock);
            disk.syncFolder(folder);
            return journal;
        } catch (FileAlreadyExistsException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s exists already, and a journal is never written twice. Start the night again."
                            .formatted(e.getFile()),
                    e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be created: %s. Check the folder's owner and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** A journal to write to, and how much of half a line was cut off its end. */
    public record Opened(Journal journal, long cutBytes) implements AutoCloseable {
        /** What was cut off, for people; empty where nothing was. */
        public Optional<String> cut() {
            return cutBytes == 0
                    ? Optional.empty()
                    : Optional.of("%s ended in half a line; its %d bytes never counted and were cut off"
                            .formatted(journal.file(), cutBytes));
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    /**
     * Reads the journal of a night that was interrupted on the disk of this machine, and goes on with it.
     *
     * @throws NightException with exit code 65 where the journal is broken, 73 where it cannot be written
     */
    public static Opened resume(Path folder, String run, InstantSource clock) {
        var end = JournalReader.readToEnd(file(folder, run), entry -> {});
        return resume(Disk.local(), folder, run, end, clock);
    }

    /**
     * Goes on with the journal of a night that was interrupted. A torn last line never counted; it is cut off.
     *
     * <p>A sync may have failed before. The system then takes for clean what never reached the disk, and shows it all
     * the same, until the power goes. So all that may not have been synced is written once more, in place.
     *
     * @param end where it was read to end; nobody has written since
     * @throws NightException with exit code 73 where it cannot be written
     */
    public static Opened resume(Disk disk, Path folder, String run, JournalReader.End end, InstantSource clock) {
        var file = file(folder, run);
        try {
            long cut = Files.size(file) - end.bytes();
            var journal = open(disk, file, run, clock);
            journal.out.truncate(end.bytes());
            journal.out.rewrite(end.lastGroup());
            journal.out.sync();
            disk.syncFolder(folder);
            journal.head = end.head();
            journal.seq = end.lines();
            return new Opened(journal, cut);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be gone on with: %s. Check its owner and the disk."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** The journal on a file that is there and empty. */
    static Journal open(Disk disk, Path file, String run, InstantSource clock) throws IOException {
        return journal(file, run, disk.open(file), clock);
    }

    private static Journal journal(Path file, String run, Disk.Output out, InstantSource clock) {
        return new Journal(file, source(run), out, clock);
    }

    /**
     * Where the next line will stand, for an event that speaks of its own place.
     *
     * @param seq its number
     * @param prevHash the hash of the line before it
     * @param time the line's own, in whole milliseconds
     */
    public record Place(long seq, String prevHash, Instant time) {}

    /**
     * What an event became.
     *
     * @param seq the line's number
     * @param hash its SHA-256, which stands for all the lines before it too
     */
    public record Line(long seq, String hash) {}

    /** Hands every event that is written from now on to somebody who folds the journal while it grows. */
    public void watch(Consumer<NightEvent> next) {
        watcher = watcher.andThen(next);
    }

    /**
     * Writes an event. After one that could not be written whole, none is taken any more: behind half a line it would
     * be lost.
     *
     * @throws NightException with exit code 74 where it cannot be written
     * @throws IllegalStateException where the event breaks its schema
     */
    public Line append(NightEvent event) {
        return append(event, place());
    }

    /** Writes an event that speaks of the place where it stands. */
    public Line append(Function<Place, NightEvent> event) {
        var place = place();
        return append(event.apply(place), place);
    }

    private Place place() {
        return new Place(seq + 1, head, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private Line append(NightEvent event, Place place) {
        if (failure != null) {
            throw unwritable(failure);
        }
        var envelope = envelope(source, place, event);
        check(event, envelope);
        var line = line(envelope);
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            if (EventType.of(event).isDurable() || ++unsynced >= GROUP) {
                out.sync();
                unsynced = 0;
            }
        } catch (IOException e) {
            failure = e;
            throw unwritable(e);
        }
        head = Sha256.hex(line);
        seq++;
        watcher.accept(event);
        return new Line(seq, head);
    }

    /**
     * The hash of the line that a night's journal would have at a place for an event: of a line that was written, and
     * read back, it is the hash of exactly its bytes.
     */
    public static String hash(String run, Place place, NightEvent event) {
        return Sha256.hex(line(envelope(source(run), place, event)));
    }

    /** JSON as it stands in a line. */
    static String line(JsonNode json) {
        return HALF_PAIR
                .matcher(Json.MAPPER.writeValueAsString(json))
                .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    }

    private static void check(NightEvent event, ObjectNode envelope) {
        var violations = new ArrayList<>(ENVELOPE.check(envelope));
        var type = EventType.of(event);
        violations.addAll(type.data().check(envelope.get("data")));
        if (!violations.isEmpty()) {
            throw new IllegalStateException("event %s breaks its schema: %s".formatted(type.type(), violations));
        }
    }

    private NightException unwritable(IOException e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be written after line %d: %s. Free some space or mend the disk; the next run goes on from here."
                        .formatted(file, seq, IoReason.of(e, file)),
                e);
    }

    private static ObjectNode envelope(String source, Place place, NightEvent event) {
        var node = Json.object();
        node.put("specversion", "1.0");
        node.put("id", "%d".formatted(place.seq()));
        node.put("source", source);
        node.put("type", EventType.of(event).type());
        var task = event.task();
        if (task != null) {
            node.put("subject", task);
        }
        node.put("time", place.time().toString());
        node.put("seq", place.seq());
        node.put("prevhash", place.prevHash());
        node.set("data", EventCodec.data(event));
        return node;
    }

    /** What the lines of a night name as their source. */
    static String source(String run) {
        return "/pantheon-night/" + run;
    }

    /** The SHA-256 of the last line, which stands for all the lines before it. */
    public String head() {
        return head;
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try (out) {
            if (failure == null) {
                out.sync();
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "%s cannot be closed: %s. Check the disk.".formatted(file, IoReason.of(e, file)), e);
        }
    }
}
