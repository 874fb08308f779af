package pantheon.night.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.InOrder;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a journal back, line by line in constant memory, and checks it on the way: shape, order, and chain. */
public final class JournalReader {
    /**
     * A line of a journal.
     *
     * @param seq its number, from 1
     * @param hash its SHA-256, which the next line carries
     */
    public record Entry(long seq, String hash, Instant time, NightEvent event) {}

    /**
     * Where a journal ends.
     *
     * @param lines how many whole lines it has
     * @param head the hash of the last of them
     * @param bytes their length together, line ends included
     * @param lastGroup where those lines begin that may not have been synced, in bytes
     * @param torn whether half a line follows: it has no line end, so it never counted
     */
    public record End(long lines, String head, long bytes, long lastGroup, boolean torn) {}

    private JournalReader() {}

    /**
     * Reads a whole journal.
     *
     * @return whether its last line was torn: it has no line end, so it never counted, and was not handed on
     * @throws NightException with exit code 65 that names the first broken line; one that was changed but is still in
     *     shape shows at the line after it, whose hash it breaks. With 74 where the file cannot be read
     */
    public static boolean read(Path file, Consumer<Entry> entries) {
        return readToEnd(file, entries).torn();
    }

    /** The same, telling where it ends. */
    public static End readToEnd(Path file, Consumer<Entry> entries) {
        try (var stream = RegularFile.stream(file)) {
            var lines = new ByteLines(stream);
            var source = source(file);
            var chain = new Chain(entries);
            long seq = 0;
            long bytes = 0;
            var group = new ArrayDeque<>(List.of(0L));
            try (var inOrder =
                    new InOrder<Line, Parsed>(line -> Parsed.of(file, source, line.seq, line.utf8), chain::add)) {
                for (var line = lines.next(); line != null; line = lines.next()) {
                    inOrder.add(new Line(++seq, line), line.length);
                    bytes += line.length + 1L;
                    group.add(bytes);
                    if (group.size() > Journal.GROUP + 1) {
                        group.remove();
                    }
                }
            }
            return new End(seq, chain.head, bytes, group.element(), lines.left() > 0);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check the path and its permissions.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** The form of what the lines of a journal of this name have as their source. */
    private static byte[] source(Path file) {
        return LineReader.form(Journal.source(Journal.run(file)));
    }

    /** A line stands alone but for the chain, so many are checked side by side. */
    private static final class Line {
        private final long seq;
        private final byte[] utf8;

        Line(long seq, byte[] utf8) {
            this.seq = seq;
            this.utf8 = utf8;
        }
    }

    /** The lines in their order, each of which must follow the one before. */
    private static final class Chain {
        private final Consumer<Entry> entries;
        private String head = Journal.GENESIS;

        Chain(Consumer<Entry> entries) {
            this.entries = entries;
        }

        void add(Parsed parsed) {
            var entry = parsed.follows(head);
            entries.accept(entry);
            head = entry.hash();
        }
    }

    /**
     * The first line of a journal; empty where it has none.
     *
     * @throws NightException with exit code 65 where it is broken
     */
    public static Optional<Entry> first(Path file) {
        try (var stream = RegularFile.stream(file)) {
            return Optional.ofNullable(new ByteLines(stream).next())
                    .map(line -> Parsed.of(file, source(file), 1, line).follows(Journal.GENESIS));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check the path and its permissions.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** A line by itself, or what is wrong with it; whether it follows the line before is asked last. */
    private record Parsed(
            Path file,
            long seq,
            String prevhash,
            @Nullable Entry entry,
            @Nullable NightException broken) {
        static Parsed of(Path file, byte[] source, long seq, byte[] line) {
            try {
                return isUtf8(line)
                        ? LineReader.read(line, source)
                                .filter(read -> read.entry().seq() == seq)
                                .map(read -> new Parsed(file, seq, read.prevHash(), read.entry(), null))
                                .orElseGet(() -> checked(file, seq, line))
                        : checked(file, seq, line);
            } catch (NightException e) {
                return new Parsed(file, seq, "", null, e);
            }
        }

        /** The same by the schemas, which say what is wrong. */
        private static Parsed checked(Path file, long seq, byte[] line) {
            var json = json(file, seq, line);
            var violations = Journal.ENVELOPE.check(json);
            if (!violations.isEmpty()) {
                throw JournalReader.broken(file, seq, violations.getFirst().toString(), null);
            }
            var prevHash = json.get("prevhash").stringValue();
            return new Parsed(file, seq, prevHash, JournalReader.checked(file, seq, json, Sha256.hex(line)), null);
        }

        Entry follows(String head) {
            if (entry == null) {
                throw broken == null ? new IllegalStateException("neither an entry nor a problem") : broken;
            }
            if (!prevhash.equals(head)) {
                throw JournalReader.broken(
                        file, seq, "prevhash is not the hash of the line before; one of the two was changed", null);
            }
            return entry;
        }
    }

    private static Entry checked(Path file, long seq, JsonNode json, String hash) {
        if (json.get("seq").longValue() != seq) {
            throw broken(file, seq, "seq is %s; expected %d".formatted(json.get("seq"), seq), null);
        }
        try {
            var type = EventType.of(json.get("type").stringValue());
            var data = json.get("data");
            var wrong = type.data().check(data);
            if (!wrong.isEmpty()) {
                throw broken(file, seq, "data " + wrong.getFirst(), null);
            }
            var task = json.has("subject") ? json.get("subject").stringValue() : null;
            return new Entry(
                    seq, hash, UtcTime.parse(json.get("time").stringValue()), EventCodec.event(type, task, data));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw broken(file, seq, String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode json(Path file, long seq, byte[] line) {
        try {
            return Json.parse(text(line));
        } catch (CharacterCodingException e) {
            throw broken(file, seq, "it is no UTF-8 text", e);
        } catch (JacksonException e) {
            throw broken(file, seq, "it is no JSON: " + Json.why(e), e);
        }
    }

    /** Whether the lenient decoder has surely mended nothing; there is nothing to mend in plain ASCII. */
    private static boolean isUtf8(byte[] bytes) {
        return ByteLines.isAscii(bytes) || new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
    }

    /** The lenient decoder is much the faster one, and writes U+FFFD for whatever it had to mend. */
    private static String text(byte[] utf8) throws CharacterCodingException {
        var text = new String(utf8, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
    }

    private static NightException broken(Path file, long seq, String what, @Nullable Throwable cause) {
        return new NightException(
                ExitCode.DATA,
                "%s:%d: %s. Keep the file as it is and look at that line; pantheon-night prune --broken %s sets it aside, so that nights can go on."
                        .formatted(file, seq, what, Journal.run(file)),
                cause);
    }
}
