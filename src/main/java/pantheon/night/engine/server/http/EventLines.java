package pantheon.night.engine.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The data of a stream of server-sent events (HTML living standard, section 9.2), each at most so long. */
final class EventLines {
    private static final String DATA = "data:";

    private final ReplyBody body;
    private final int most;
    private final byte[] piece = new byte[1 << 13];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    /** @param most the most bytes of a line */
    EventLines(ReplyBody body, int most) {
        this.body = body;
        this.most = most;
    }

    /** The data of the next event, null at the stream's end. */
    @Nullable
    String next() throws IOException {
        while (true) {
            var text = line();
            if (text == null) {
                return null;
            }
            if (text.startsWith(DATA)) {
                return text.substring(text.startsWith(" ", DATA.length()) ? DATA.length() + 1 : DATA.length());
            }
            requireFraming(text);
        }
    }

    /** Between data stand empty lines and comments; a server of completions sends no other field. */
    private static void requireFraming(String text) throws ExchangeFailed {
        if (!text.isEmpty() && !text.startsWith(":")) {
            throw ExchangeFailed.nonsense("sent a line in its stream that is no event");
        }
    }

    private @Nullable String line() throws IOException {
        line.reset();
        while (true) {
            if (at == end && !fill()) {
                if (line.size() > 0) {
                    throw Incoming.cutOff("ended its stream within a line");
                }
                return null;
            }
            int from = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            line.write(piece, from, at - from);
            if (line.size() > most) {
                throw ExchangeFailed.flood("sent an event of more than %d bytes".formatted(most));
            }
            if (at < end) {
                at++;
                return text();
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, body.read(piece));
        return end > 0;
    }

    private String text() throws ExchangeFailed {
        var bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ExchangeFailed.nonsense("sent a line that is no UTF-8");
        }
    }
}
