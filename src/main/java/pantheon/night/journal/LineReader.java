package pantheon.night.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.JournalReader.Entry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Reads a line as the program writes it, in one pass and without a tree: the envelope's fields in their order, then the
 * data. What it reads is valid against the schemas; of a line that it does not read nothing is said.
 */
final class LineReader {
    private static final long LARGEST_SEQ = (1L << Double.PRECISION) - 1;

    /** @param prevHash the hash of the line before, as this line has it */
    record Line(String prevHash, Entry entry) {}

    private final JsonParser in;

    private LineReader(JsonParser in) {
        this.in = in;
    }

    /** @param utf8 is valid UTF-8 */
    static Optional<Line> read(byte[] utf8) {
        try (var tokens = Json.tokens(utf8)) {
            var line = new LineReader(tokens).line(utf8);
            return tokens.nextToken() == null ? Optional.of(line) : Optional.empty();
        } catch (FieldKind.Unfit | JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Line line(byte[] utf8) {
        FieldKind.require(text("specversion").equals("1.0"));
        FieldKind.require(!text("id").isEmpty());
        FieldKind.require(isPlainPath(text("source")));
        var type = type();
        var name = in.nextName();
        var task = task(name);
        FieldKind.require("time".equals(task == null ? name : in.nextName()));
        var time = time();
        long seq = seq();
        require("prevhash");
        var prevHash = FieldKind.DIGEST.read(in);
        require("data");
        var event = EventCodec.read(type, task, in);
        FieldKind.require(in.nextName() == null);
        return new Line(prevHash, new Entry(seq, Sha256.hex(utf8), time, event));
    }

    /** Goes to the value of the next field, which must have this name. */
    private void require(String name) {
        FieldKind.require(name.equals(in.nextName()));
        in.nextToken();
    }

    private String text(String name) {
        require(name);
        return FieldKind.LINE.read(in);
    }

    private EventType type() {
        var type = EventType.find(text("type"));
        if (type == null || type == EventType.FORECAST_MADE) { // of what a forecast holds its schema alone knows
            throw new FieldKind.Unfit();
        }
        return type;
    }

    private @Nullable String task(@Nullable String name) {
        if (!"subject".equals(name)) {
            return null;
        }
        in.nextToken();
        return FieldKind.TEXT.read(in);
    }

    private Instant time() {
        in.nextToken();
        var text = FieldKind.LINE.read(in);
        FieldKind.require(UtcTime.isPlain(text));
        return UtcTime.parse(text);
    }

    private long seq() {
        require("seq");
        long seq = FieldKind.large(1).read(in);
        FieldKind.require(seq <= LARGEST_SEQ);
        return seq;
    }

    /** Whether a text is an absolute path of plain segments (RFC 3986). */
    private static boolean isPlainPath(String text) {
        boolean inSegment = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' ? i > 0 && !inSegment : !isPlain(c) || i == 0) {
                return false;
            }
            inSegment = c != '/';
        }
        return inSegment;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._~-".indexOf(c) >= 0;
    }
}
