package pantheon.night.engine.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A byte-level BPE tokenizer: text to token ids, and token ids to bytes.
 *
 * <p>Ids are turned back by a table of bytes, since one token may be part of a character.
 */
final class Tokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final byte[][] bytes;
    private final List<String> controlTexts;
    private final int turnEnd;

    private Tokenizer(HuggingFaceTokenizer tokenizer, byte[][] bytes, List<String> controlTexts, int turnEnd) {
        this.tokenizer = tokenizer;
        this.bytes = bytes;
        this.controlTexts = controlTexts;
        this.turnEnd = turnEnd;
    }

    static Tokenizer load(Path file, String turnEnd) {
        try {
            var json = Json.parse(Files.readString(file));
            if (!json.path("decoder").toString().contains("ByteLevel")) {
                throw ModelFolder.unavailable(file + " is no byte-level BPE tokenizer, the only kind that is read");
            }
            var added = json.path("added_tokens");
            var controlTexts = new ArrayList<String>();
            added.forEach(token -> controlTexts.add(token.get("content").stringValue()));
            var bytes = bytes(json.path("model").path("vocab"), added);
            int end = -1;
            for (var token : added) {
                end = token.get("content").stringValue().equals(turnEnd)
                        ? token.get("id").intValue()
                        : end;
            }
            if (end < 0) {
                throw ModelFolder.unavailable("%s has no control token %s".formatted(file, turnEnd));
            }
            var options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
            return new Tokenizer(HuggingFaceTokenizer.newInstance(file, options), bytes, controlTexts, end);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw ModelFolder.unavailable("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static byte[][] bytes(JsonNode vocabulary, JsonNode added) {
        int size = 0;
        for (var entry : vocabulary.properties()) {
            size = Math.max(size, entry.getValue().intValue() + 1);
        }
        for (var token : added) {
            size = Math.max(size, token.get("id").intValue() + 1);
        }
        var bytes = new byte[size][];
        var alphabet = alphabet();
        for (var entry : vocabulary.properties()) {
            bytes[entry.getValue().intValue()] = decoded(entry.getKey(), alphabet);
        }
        for (var token : added) {
            bytes[token.get("id").intValue()] =
                    token.get("content").stringValue().getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private static byte[] decoded(String token, int[] alphabet) {
        var out = new ByteArrayOutputStream();
        token.chars().forEach(c -> out.write(alphabet[c]));
        return out.toByteArray();
    }

    /**
     * Byte-level BPE's alphabet, character → byte: printable Latin-1 stands for itself, every other byte for the next
     * character from U+0100 on.
     */
    private static int[] alphabet() {
        var alphabet = new int[512];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            alphabet[printable ? b : next++] = b;
        }
        return alphabet;
    }

    /** A text's ids; control tokens' texts become control tokens. */
    int[] encode(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        var ids = tokenizer.encode(text, false, false).getIds();
        var result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = (int) ids[i];
        }
        return result;
    }

    /** The text of some ids; bytes that are no UTF-8 become U+FFFD. */
    String decode(List<Integer> ids) {
        var out = new ByteArrayOutputStream();
        for (int id : ids) {
            out.writeBytes(bytes[id]);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** One more than the greatest id. */
    int size() {
        return bytes.length;
    }

    boolean knows(int id) {
        return id < bytes.length && bytes[id] != null;
    }

    List<String> controlTexts() {
        return controlTexts;
    }

    /** The id that closes a turn. */
    int turnEnd() {
        return turnEnd;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
