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
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
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
     * @param stops the texts of the control tokens that close a turn, the usual one first; there must be one of them
     */
    public static Tokenizer load(Path file, List<String> stops) {
        return load(file, stops, 0);
    }

    /**
     * As above, for a model that knows only so many tokens: added ones beyond are no tokens of it.
     *
     * @param known 0 where nothing is said
     */
    public static Tokenizer load(Path file, List<String> stops, int known) {
        var json = json(file);
        var tokenizer = huggingFace(file);
        try {
            var vocabulary = vocabulary(file, json, known);
            TokenizerCheck.of(file, tokenizer, json, vocabulary);
            return new Tokenizer(file, tokenizer, vocabulary, stops);
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

    private static Vocabulary vocabulary(Path file, JsonNode json, int known) {
        try {
            return Vocabulary.of(json, known);
        } catch (IllegalArgumentException e) {
            throw ModelFolder.unusable(
                    file + " " + e.getMessage(),
                    "Restore the model folder from its source, or take a model with a tokenizer like those of SmolLM2, Llama 3 or Qwen.");
        }
    }

    private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, List<String> stops) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        var ids = stops.stream().map(vocabulary::control).filter(id -> id >= 0).toList();
        if (ids.isEmpty()) {
            throw ModelFolder.unusable(
                    "%s has no control token %s, with which turns end".formatted(file, stops.getFirst()));
        }
        turnEnd = ids.getFirst();
        this.stops = KeptOrder.set(ids);
    }

    /** A text's ids; control tokens' texts become control tokens. */
    public int[] encode(String text) {
        return text.isEmpty()
                ? new int[0]
                : known(tokenizer.encode(text, false, false).getIds());
    }

    private int[] known(long[] ids) {
        var result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = (int) ids[i];
            if (result[i] >= vocabulary.size()) {
                throw ModelFolder.unusable(
                        "a text has a token of the tokenizer's that the model does not have, id " + ids[i],
                        "Take that token's text out of it, or use the model with its own tokenizer.");
            }
        }
        return result;
    }

    /**
     * A text's ids by its words, the parts that a pre-tokenizer cuts it into and no token goes beyond.
     *
     * @param words for each id the number of the word that it is of
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Cut(int[] ids, long[] words) {
        /** Whether a word begins with an id. */
        public boolean isWordStart(int index) {
            return index == 0 || words[index] != words[index - 1];
        }
    }

    /** A text's ids and words, where it is not empty. */
    public Cut cut(String text) {
        var encoding = tokenizer.encode(text, false, false);
        return new Cut(known(encoding.getIds()), encoding.getWordIds());
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
