package pantheon.night.engine.server.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What stands before a reply's body (RFC 9112). A reply that tells its length twice, or not at all, is refused.
 *
 * @param status 200 to 599
 * @param headers by name in lower case
 */
record ReplyHead(int status, Map<String, String> headers) {
    private static final int LINE_BYTES = 1 << 13;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_INTERIM = 4;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

    /** The head of the reply; heads that only announce it are passed over, four of them at most. */
    static ReplyHead read(Incoming in) throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            var head = readOne(in);
            if (head.status >= 200) {
                return head;
            }
            if (head.status == 101) {
                throw ExchangeFailed.nonsense("changes to another protocol, which it was not asked to");
            }
        }
        throw ExchangeFailed.flood("announced its reply more than %d times".formatted(MOST_INTERIM));
    }

    private static ReplyHead readOne(Incoming in) throws IOException {
        var line = in.line(LINE_BYTES);
        var status = STATUS.matcher(line);
        if (!status.matches()) {
            throw ExchangeFailed.nonsense("sent no status line of HTTP/1.1: " + shown(line));
        }
        return new ReplyHead(Integer.parseInt(status.group(1)), headers(in));
    }

    private static Map<String, String> headers(Incoming in) throws IOException {
        var headers = new TreeMap<String, String>();
        for (int count = 0; ; count++) {
            var line = in.line(LINE_BYTES);
            if (line.isEmpty()) {
                return headers;
            }
            if (count == MOST_HEADERS) {
                throw ExchangeFailed.flood("sent more than %d headers".formatted(MOST_HEADERS));
            }
            add(headers, line);
        }
    }

    private static void add(Map<String, String> headers, String line) throws ExchangeFailed {
        var header = HEADER.matcher(line);
        if (!header.matches()) {
            throw ExchangeFailed.nonsense("sent a line that is no header: " + shown(line));
        }
        var name = header.group(1).toLowerCase(Locale.ROOT);
        var before = headers.put(name, header.group(2));
        if (before != null && (name.equals("content-length") || name.equals("transfer-encoding"))) {
            throw ExchangeFailed.nonsense("sent the header %s twice".formatted(name));
        }
    }

    private static String shown(String line) {
        return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
    }

    /** Whether the body comes in chunks; else it has the length that {@link #length} gives. */
    boolean isChunked() throws ExchangeFailed {
        var encoding = headers.get("transfer-encoding");
        if (encoding == null) {
            return false;
        }
        if (!encoding.equalsIgnoreCase("chunked")) {
            throw ExchangeFailed.nonsense("encodes its reply as " + shown(encoding) + "; expected chunked, or nothing");
        }
        if (headers.containsKey("content-length")) {
            throw ExchangeFailed.nonsense("tells the reply's length in two ways");
        }
        return true;
    }

    /** The body's length in bytes. */
    long length() throws ExchangeFailed {
        var length = headers.get("content-length");
        if (length == null) {
            throw ExchangeFailed.nonsense("does not tell how long its reply is");
        }
        if (!LENGTH.matcher(length).matches()) {
            throw ExchangeFailed.nonsense("tells its reply's length as " + shown(length));
        }
        return Long.parseLong(length);
    }

    /** The media type of the body, without parameters, in lower case; empty where it is not told. */
    String mediaType() {
        var type = headers.getOrDefault("content-type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
