package pantheon.night.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a journal back, line by line in constant memory, and checks it on the way: shape, order, and chain. */
public final class JournalReader {
    /**
     * A line of a journal.
     *
     * @param seq its number, from 1
     */
    public record Entry(long seq, Instant time, Event event) {}

    /**
     * Where a journal ends.
     *
     * @param lines how many whole lines it has
     * @param head the hash of the last of them
     * @param bytes their length together, line ends included
     * @param torn whether half a line follows: it has no line end, so it never counted
     */
    public record End(long lines, String head, long bytes, boolean torn) {}

    private JournalReader() {}

    /**
     * Reads a whole journal.
     *
     * @return whether its last line was torn: it has no line end, so it never counted, and was not handed on
     * @throws NightException with exit code 65 that names the first broken line; one that was changed but is still in
     *     shape shows at the line after it, whose hash it breaks
     */
    public static boolean read(Path file, Consumer<Entry> entries) {
        return readToEnd(file, entries).torn();
    }

    /** The same, telling where it ends. */
    public static End readToEnd(Path file, Consumer<Entry> entries) {
        try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
            var head = Journal.GENESIS;
            var line = new ByteArrayOutputStream();
            long seq = 1;
            long length = 0;
            for (; nextLine(stream, line); seq++) {
                var bytes = line.toByteArray();
                entries.accept(entry(file, seq, head, bytes));
                head = Sha256.hex(bytes);
                length += bytes.length + 1L;
            }
            return new End(seq - 1, head, length, line.size() > 0);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA, "%s cannot be read: %s. Check the path and its permissions.".formatted(file, e), e);
        }
    }

    /** Takes the next line without its end; false where the file ends first, and the line is what was left. */
    private static boolean nextLine(InputStream stream, ByteArrayOutputStream line) throws IOException {
        line.reset();
        int b;
        while ((b = stream.read()) >= 0) {
            if (b == '\n') {
                return true;
            }
            line.write(b);
        }
        return false;
    }

    private static Entry entry(Path file, long seq, String head, byte[] line) {
        var json = json(file, seq, line);
        var violations = Journal.ENVELOPE.check(json);
        if (!violations.isEmpty()) {
            throw broken(file, seq, violations.getFirst().toString(), null);
        }
        if (json.get("seq").longValue() != seq) {
            throw broken(file, seq, "seq is %s; expected %d".formatted(json.get("seq"), seq), null);
        }
        if (!json.get("prevhash").stringValue().equals(head)) {
            throw broken(file, seq, "prevhash is not the hash of the line before; one of the two was changed", null);
        }
        try {
            var type = EventType.of(json.get("type").stringValue());
            var data = (ObjectNode) json.get("data");
            var wrong = type.data().check(data);
            if (!wrong.isEmpty()) {
                throw broken(file, seq, "data " + wrong.getFirst(), null);
            }
            var task = json.has("subject") ? json.get("subject").stringValue() : null;
            return new Entry(seq, Instant.parse(json.get("time").stringValue()), new Event(type, task, data));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw broken(file, seq, String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode json(Path file, long seq, byte[] line) {
        try {
            return Json.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
        } catch (CharacterCodingException e) {
            throw broken(file, seq, "it is no UTF-8 text", e);
        } catch (JacksonException e) {
            throw broken(file, seq, "it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static NightException broken(Path file, long seq, String what, @Nullable Throwable cause) {
        return new NightException(
                ExitCode.DATA,
                "%s:%d: %s. Keep the file as it is and look at that line.".formatted(file, seq, what),
                cause);
    }
}
