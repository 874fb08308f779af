package pantheon.night.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import pantheon.night.contract.JsonCursor;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.JournalReader.Entry;
import tools.jackson.core.JacksonException;

/**
 * Reads a line as the program writes it, in one pass: the envelope in its one form, then the data. What it reads is valid against the schemas; of a line that it does not read nothing is said.
 */
final class LineReader {
    private static final byte[] ID = JsonCursor.ascii("{\"specversion\":\"1.0\",\"id\":");
    private static final byte[] SOURCE = JsonCursor.ascii(",\"source\":");
    private static final byte[] TYPE = JsonCursor.ascii(",\"type\":");
    private static final long MOST_LINES = (1L << Double.PRECISION) - 1;
    /** What no line has. */
    private static final byte[] NEVER = {'\n'};

    private static final byte[] SUBJECT = JsonCursor.ascii(",\"subject\":");
    private static final byte[] TIME = JsonCursor.ascii(",\"time\":");
    private static final byte[] SEQ = JsonCursor.ascii(",\"seq\":");
    private static final byte[] PREVHASH = JsonCursor.ascii(",\"prevhash\":");
    private static final byte[] DATA = JsonCursor.ascii(",\"data\":");

    /** @param prevHash the hash of the line before, as this line has it */
    record Line(String prevHash, Entry entry) {}

    private final byte[] line;
    private final JsonCursor in;

    private LineReader(byte[] line) {
        this.line = line;
        this.in = new JsonCursor(line);
    }

    /**
     * Reads a line.
     *
     * @param utf8 is valid UTF-8
     * @param source the form of what the lines of this journal name as their source
     */
    static Optional<Line> read(byte[] utf8, byte[] source) {
        try {
            return Optional.of(new LineReader(utf8).line(source));
        } catch (JsonCursor.Unfit | JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What stands between a line's id and its type, where the source is this one. */
    static byte[] form(String source) {
        return isPlainPath(source) ? JsonCursor.ascii(",\"source\":\"%s\",\"type\":".formatted(source)) : NEVER;
    }

    private Line line(byte[] source) {
        in.pass(ID);
        FieldKind.TEXT.read(in);
        source(source);
        var type = type();
        var task = in.skip(SUBJECT) ? FieldKind.TEXT.read(in) : null;
        in.pass(TIME);
        var time = time();
        in.pass(SEQ);
        long seq = in.whole();
        JsonCursor.require(seq >= 1 && seq <= MOST_LINES);
        in.pass(PREVHASH);
        var prevHash = FieldKind.DIGEST.read(in);
        in.pass(DATA);
        var event = EventCodec.read(type, task, in);
        in.pass('}');
        JsonCursor.require(in.isAtEnd());
        return new Line(prevHash, new Entry(seq, Sha256.hex(line), time, event));
    }

    /** A journal whose file was renamed names another source, which is looked at each time. */
    private void source(byte[] usual) {
        if (!in.skip(usual)) {
            in.pass(SOURCE);
            JsonCursor.require(isPlainPath(in.text()));
            in.pass(TYPE);
        }
    }

    private EventType type() {
        var type = EventType.find(in.text());
        if (type == null || type == EventType.FORECAST_MADE) { // of what a forecast holds its schema alone knows
            throw new JsonCursor.Unfit();
        }
        return type;
    }

    private Instant time() {
        var text = in.text();
        JsonCursor.require(UtcTime.isPlain(text));
        return UtcTime.parse(text);
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
