package pantheon.night.engine.onnx;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
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

    /** @param turnEnd the text of the control token that closes a turn */
    static Tokenizer load(Path file, String turnEnd) {
        HuggingFaceTokenizer tokenizer;
        JsonNode json;
        try {
            json = Json.parse(Files.readString(file));
            // Long texts are not cut, and control tokens are only where the text has them.
            var options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
            tokenizer = HuggingFaceTokenizer.newInstance(file, options);
        } catch (EngineException | LinkageError e) {
            throw OnnxEngine.uninstalled("DJL's tokenizers", e);
        } catch (IOException | RuntimeException e) {
            throw ModelFolder.unusable("%s is no tokenizer that can be read: %s".formatted(file, e.getMessage()));
        }
        try {
            return new Tokenizer(file, tokenizer, json, turnEnd);
        } catch (NightException e) {
            tokenizer.close();
            throw e;
        }
    }

    private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, JsonNode json, String turnEnd) {
        this.tokenizer = tokenizer;
        var ids = new HashMap<String, Integer>();
        json.path("model")
                .path("vocab")
                .properties()
                .forEach(token -> ids.put(token.getKey(), token.getValue().intValue()));
        var added = new LinkedHashMap<String, Integer>();
        json.path("added_tokens")
                .forEach(token -> added.put(
                        token.path("content").stringValue(), token.path("id").intValue()));
        if (!json.path("decoder").toString().contains("\"ByteLevel\"") || ids.isEmpty()) {
            throw ModelFolder.unusable(file + " is no byte-level BPE tokenizer, the only kind that can be used");
        }
        var end = added.get(turnEnd);
        if (end == null) {
            throw ModelFolder.unusable("%s has no control token %s, with which turns end".formatted(file, turnEnd));
        }
        this.turnEnd = end;
        controlTexts = List.copyOf(added.keySet());
        bytes = new byte
                [1
                        + Stream.concat(ids.values().stream(), added.values().stream())
                                .max(Integer::compare)
                                .orElseThrow()][];
        var alphabet = alphabet();
        ids.forEach((token, id) -> bytes[id] = decoded(token, alphabet));
        added.forEach((token, id) -> bytes[id] = token.getBytes(StandardCharsets.UTF_8));
    }

    /** A token's bytes; one with a character outside of the alphabet stands for its own text. */
    private static byte[] decoded(String token, int[] alphabet) {
        var out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            int c = token.charAt(i);
            if (c >= alphabet.length || alphabet[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            out[i] = (byte) alphabet[c];
        }
        return out;
    }

    /**
     * Byte-level BPE's alphabet, character → byte: printable Latin-1 stands for itself, every other byte for the next
     * character from U+0100 on.
     */
    private static int[] alphabet() {
        var alphabet = new int[512];
        Arrays.fill(alphabet, -1);
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

    /** Greedy: the id with the greatest logit among those that stand for something, the first of equals. */
    int likeliest(float[] logits) {
        int best = turnEnd;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < bytes.length; id++) {
            if (logits[id] > greatest && bytes[id] != null) {
                best = id;
                greatest = logits[id];
            }
        }
        return best;
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
