package pantheon.night.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a journal back, line by line in constant memory, and checks it on the way: shape, order, and chain. */
public final class JournalReader {
    private static final Schema ENVELOPE = Schema.resource("/schema/event/envelope.json");

    /**
     * A line of a journal.
     *
     * @param seq its number, from 1
     */
    public record Entry(long seq, Instant time, Event event) {}

    private JournalReader() {}

    /**
     * Reads a whole journal.
     *
     * @return whether its last line was torn: it has no line end, so it never counted, and was not handed on
     * @throws NightException with exit code 65 that names the first broken line
     */
    public static boolean read(Path file, Consumer<Entry> entries) {
        var head = Journal.GENESIS;
        long seq = 0;
        try (var reader = Files.newBufferedReader(file)) {
            String line;
            while ((line = wholeLine(reader)) != null) {
                seq++;
                if (!line.endsWith("\n")) {
                    return true;
                }
                line = line.substring(0, line.length() - 1);
                entries.accept(entry(file, seq, head, line));
                head = Sha256.hex(line);
            }
            return false;
        } catch (IOException e) {
            throw broken(file, seq + 1, "it cannot be read: " + e, e);
        }
    }

    private static @Nullable String wholeLine(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        int c;
        while ((c = reader.read()) >= 0) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static Entry entry(Path file, long seq, String head, String line) {
        JsonNode json;
        try {
            json = Json.parse(line);
        } catch (JacksonException e) {
            throw broken(file, seq, "it is no JSON: " + e.getOriginalMessage(), e);
        }
        var violations = ENVELOPE.check(json);
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

    private static NightException broken(Path file, long seq, String what, @Nullable Throwable cause) {
        return new NightException(
                ExitCode.DATA,
                "%s:%d: %s. Keep the file as it is and look at that line.".formatted(file, seq, what),
                cause);
    }
}
