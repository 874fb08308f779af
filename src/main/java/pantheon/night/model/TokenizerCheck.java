package pantheon.night.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import pantheon.night.grammar.token.Vocabulary;
import tools.jackson.databind.JsonNode;

/**
 * Whether a tokenizer does what its file says.
 *
 * <p>Hugging Face's library gives added tokens the next free ids, whatever the file has: where ids have a gap, or two
 * tokens share one, the ids that come out are others, and nobody is told.
 */
final class TokenizerCheck {
    /** What a pre-tokenizer can lose: contractions, digits, runs of spaces, line ends, several scripts, a mark apart. */
    private static final String PROBE =
            "<a href=\"x\">It's\n\n1. 2026-11-30\r\n\tnaïve   über 漢字 한글 हिन्दी 🙂🏽e\u0301 {\"k\": [1.5e3]}  ";

    private TokenizerCheck() {}

    static void of(Path file, HuggingFaceTokenizer tokenizer, JsonNode json, Vocabulary vocabulary) {
        for (var token : json.path("added_tokens")) {
            requireOwn(
                    file,
                    tokenizer,
                    token.path("content").stringValue(),
                    token.path("id").intValue());
        }
        requireWhole(file, tokenizer, vocabulary);
    }

    private static void requireOwn(Path file, HuggingFaceTokenizer tokenizer, String text, int id) {
        var ids = tokenizer.encode(text, false, false).getIds();
        if (ids.length != 1 || ids[0] != id) {
            throw ModelFolder.unusable("%s says that %s is token %d, but it is tokenised as %s"
                    .formatted(file, text, id, Arrays.toString(ids)));
        }
    }

    private static void requireWhole(Path file, HuggingFaceTokenizer tokenizer, Vocabulary vocabulary) {
        var out = new ByteArrayOutputStream();
        for (long id : tokenizer.encode(PROBE, false, false).getIds()) {
            if (id < vocabulary.size()) {
                out.writeBytes(vocabulary.bytes((int) id));
            }
        }
        var back = out.toString(StandardCharsets.UTF_8);
        if (!compatible(back).equals(compatible(PROBE))) {
            throw ModelFolder.unusable(
                    "%s loses text: of \"%s\" it leaves \"%s\"".formatted(file, PROBE.strip(), back.strip()));
        }
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
