package pantheon.night.journal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.JournalReader.Entry;
import tools.jackson.core.JacksonException;

/**
 * Reads a line as the program writes it, in one pass and without a tree: the envelope byte by byte in its one form, then
 * the data as tokens. What it reads is valid against the schemas; of a line that it does not read nothing is said.
 */
final class LineReader {
    private static final byte[] ID = ascii("{\"specversion\":\"1.0\",\"id\":\"");
    private static final byte[] SOURCE = ascii("\",\"source\":\"");
    private static final byte[] TYPE = ascii("\",\"type\":\"");
    /** What no line has. */
    private static final byte[] NEVER = {'\n'};

    private static final byte[] SUBJECT = ascii("\",\"subject\":\"");
    private static final byte[] TIME = ascii("\",\"time\":\"");
    private static final byte[] SEQ = ascii("\",\"seq\":");
    private static final byte[] PREVHASH = ascii(",\"prevhash\":\"");
    private static final byte[] DATA = ascii("\",\"data\":");
    private static final int MOST_DIGITS = 15;

    /** @param prevHash the hash of the line before, as this line has it */
    record Line(String prevHash, Entry entry) {}

    private final byte[] line;
    private int at;

    private LineReader(byte[] line) {
        this.line = line;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
        } catch (FieldKind.Unfit | JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What stands between a line's id and its type, where the source is this one. */
    static byte[] form(String source) {
        return isPlainPath(source) ? ascii("\",\"source\":\"%s\",\"type\":\"".formatted(source)) : NEVER;
    }

    private Line line(byte[] source) {
        pass(ID);
        number();
        source(source);
        var type = type();
        var task = isNext(SUBJECT) ? subject() : null;
        pass(TIME);
        var time = time();
        pass(SEQ);
        long seq = number();
        pass(PREVHASH);
        var prevHash = text();
        FieldKind.require(FieldKind.isDigest(prevHash));
        pass(DATA);
        return new Line(prevHash, new Entry(seq, Sha256.hex(line), time, data(type, task)));
    }

    /** A journal whose file was renamed names another source, which is looked at each time. */
    private void source(byte[] usual) {
        if (isNext(usual)) {
            at += usual.length;
        } else {
            pass(SOURCE);
            FieldKind.require(isPlainPath(text()));
            pass(TYPE);
        }
    }

    private boolean isNext(byte[] form) {
        int end = at + form.length;
        return end <= line.length && Arrays.equals(line, at, end, form, 0, form.length);
    }

    private void pass(byte[] form) {
        FieldKind.require(isNext(form));
        at += form.length;
    }

    /** A string up to its closing quote, in which nothing is escaped. */
    private String text() {
        int from = at;
        while (at < line.length && line[at] != '"') {
            FieldKind.require(line[at] != '\\' && (line[at] & 0xFF) >= ' ');
            at++;
        }
        FieldKind.require(at > from);
        return new String(line, from, at - from, StandardCharsets.UTF_8);
    }

    /** A number from 1 as JSON has it. */
    private long number() {
        int from = at;
        long number = 0;
        while (at < line.length && line[at] >= '0' && line[at] <= '9') {
            number = number * 10 + (line[at++] - '0');
            FieldKind.require(at - from <= MOST_DIGITS);
        }
        FieldKind.require(at > from && line[from] != '0');
        return number;
    }

    private EventType type() {
        var type = EventType.find(text());
        if (type == null || type == EventType.FORECAST_MADE) { // of what a forecast holds its schema alone knows
            throw new FieldKind.Unfit();
        }
        return type;
    }

    private String subject() {
        pass(SUBJECT);
        return text();
    }

    private Instant time() {
        var text = text();
        FieldKind.require(UtcTime.isPlain(text));
        return UtcTime.parse(text);
    }

    /** What is left is the data, and the brace that closes the line. */
    private NightEvent data(EventType type, @Nullable String task) {
        int end = line.length - 1;
        FieldKind.require(at < end && line[end] == '}');
        try (var in = Json.tokens(line, at, end - at)) {
            var event = EventCodec.read(type, task, in);
            FieldKind.require(in.nextToken() == null);
            return event;
        }
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
