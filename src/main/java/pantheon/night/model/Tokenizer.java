package pantheon.night.model;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.grammar.token.Vocabulary;
import tools.jackson.databind.JsonNode;

/** A byte-level BPE tokenizer: text to token ids, and token ids to text. */
public final class Tokenizer implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 28;

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final int turnEnd;
    private final Set<Integer> stops;

    /**
     * Reads a tokenizer's file.
     *
     * @param stops the texts of the control tokens that close a turn; there must be the first, the usual one
     */
    public static Tokenizer load(Path file, List<String> stops) {
        var json = json(file);
        var tokenizer = huggingFace(file);
        try {
            return new Tokenizer(file, tokenizer, json, stops);
        } catch (NightException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(RegularFile.text(file, MOST_BYTES));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static HuggingFaceTokenizer huggingFace(Path file) {
        try {
            // Long texts are not cut, and control tokens are only where the text has them.
            var options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
            return HuggingFaceTokenizer.newInstance(file, options);
        } catch (EngineException | LinkageError e) {
            throw NativeLibrary.uninstalled("DJL's tokenizers", e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static NightException unreadable(Path file, Exception e) {
        return ModelFolder.unusable("%s is no tokenizer that can be read: %s".formatted(file, IoReason.of(e, file)));
    }

    private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, JsonNode json, List<String> stops) {
        this.tokenizer = tokenizer;
        try {
            vocabulary = Vocabulary.of(json);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.unusable(file + " " + e.getMessage());
        }
        turnEnd = vocabulary.control(stops.getFirst());
        if (turnEnd < 0) {
            throw ModelFolder.unusable(
                    "%s has no control token %s, with which turns end".formatted(file, stops.getFirst()));
        }
        this.stops =
                stops.stream().map(vocabulary::control).filter(id -> id >= 0).collect(Collectors.toUnmodifiableSet());
    }

    /** A text's ids; control tokens' texts become control tokens. */
    public int[] encode(String text) {
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
    public String decode(List<Integer> ids) {
        var out = new ByteArrayOutputStream();
        for (int id : ids) {
            out.writeBytes(vocabulary.bytes(id));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** One more than the greatest id. */
    public int size() {
        return vocabulary.size();
    }

    /** Greedy: the id with the greatest logit among those that stand for something, the first of equals. */
    public int likeliest(float[] logits) {
        int best = turnEnd;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < vocabulary.size(); id++) {
            if (logits[id] > greatest && vocabulary.bytes(id).length > 0) {
                best = id;
                greatest = logits[id];
            }
        }
        return best;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    public List<String> controlTexts() {
        return vocabulary.controlTexts();
    }

    /** The ids that close a turn. */
    public Set<Integer> stops() {
        return stops;
    }

    /** The usual one of them. */
    public int turnEnd() {
        return turnEnd;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
