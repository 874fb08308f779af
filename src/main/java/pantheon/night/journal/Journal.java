package pantheon.night.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.Violation;
import tools.jackson.databind.node.ObjectNode;

/**
 * The night's log while it is being written: JSONL, one CloudEvents 1.0 event a line.
 *
 * <p>Each line carries its number from 1 ({@code seq}) and the SHA-256 of the line before it ({@code prevhash}, zeros
 * on the first), so a line that was changed, lost, or moved shows. Outcomes are on the disk when {@link #append}
 * returns; what comes before an outcome is on the disk with it.
 */
public final class Journal implements AutoCloseable {
    /** The hash before the first line. */
    static final String GENESIS = "0".repeat(64);

    private final Path file;
    private final String source;
    private final FileChannel channel;
    private final InstantSource clock;
    private String head = GENESIS;
    private long seq;

    private Journal(Path file, String source, FileChannel channel, InstantSource clock) {
        this.file = file;
        this.source = source;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Begins the journal of a night.
     *
     * @param folder is made where it is missing
     * @param run the night's id; the file is {@code <run>.jsonl}
     * @throws NightException with exit code 73 where the file cannot be made or exists already
     */
    public static Journal create(Path folder, String run, InstantSource clock) {
        var file = folder.resolve(run + ".jsonl");
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Journal(file, "/pantheon-night/" + run, channel, clock);
        } catch (FileAlreadyExistsException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE, file + " exists already; a journal is never written twice.", e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be created: %s. Check the folder's owner and the disk's free space.".formatted(file, e),
                    e);
        }
    }

    /**
     * Writes an event.
     *
     * @throws NightException with exit code 74 where it cannot be written
     */
    public void append(Event event) {
        List<Violation> violations = event.type().data().check(event.data());
        if (!violations.isEmpty()) {
            throw new IllegalStateException(
                    "event %s breaks its schema: %s".formatted(event.type().type(), violations));
        }
        var line = Json.MAPPER.writeValueAsString(envelope(event));
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
            if (event.type().isOutcome()) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be written: %s. Free some space or mend the disk; the next run goes on from here."
                            .formatted(file, e),
                    e);
        }
        head = Sha256.hex(line);
        seq++;
    }

    private ObjectNode envelope(Event event) {
        var node = Json.object();
        node.put("specversion", "1.0");
        node.put("id", "%d".formatted(seq + 1));
        node.put("source", source);
        node.put("type", event.type().type());
        if (event.task() != null) {
            node.put("subject", event.task());
        }
        node.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        node.put("seq", seq + 1);
        node.put("prevhash", head);
        node.set("data", event.data());
        return node;
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
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            throw new NightException(ExitCode.IO, "%s cannot be closed: %s. Check the disk.".formatted(file, e), e);
        }
    }
}
