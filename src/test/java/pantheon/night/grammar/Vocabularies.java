package pantheon.night.grammar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pantheon.night.contract.Json;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.grammar.token.Vocabulary;

/** Vocabularies to find masks in: that of the embedded model, and made ones whose tokens cross every border. */
final class Vocabularies {
    private static final String[] PIECES = {
        "a", "ab", "b", "c", "x", "Z", "9", "0", "12", "-", "_", " ", "  ", "/", ".", ":", ",", "@", "é", "日本",
        "\u2028", "\u00a0", "\u3000", "😀", "\u007f", "\"", "\\\"", "\\", "\\n", "\\u00", "1f", "\\/", ", \"", "\": ",
        "\": \"", "\"}", "\"]", "{\"", "[", "]", "}", "{}", "null", "true", "1.5", "-", "e+", "yml", "[{\"", "a\": "
    };

    private Vocabularies() {}

    static TokenTrie embedded() {
        try {
            var file = Path.of("src/main/models/docops-front-matter/tokenizer.json");
            return Vocabulary.of(Json.parse(Files.readString(file))).trie();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every byte, long runs, and so many tokens of pieces by chance, some alike, some cut inside of a character. */
    static TokenTrie made(int seed, int size) {
        var random = new Random(seed);
        var tokens = new ArrayList<byte[]>();
        for (int b = 0; b < 256; b++) {
            tokens.add(new byte[] {(byte) b});
        }
        for (int length : List.of(3, 7, 20, 126, 127, 128, 200)) {
            tokens.add("a".repeat(length).getBytes(StandardCharsets.UTF_8));
            tokens.add((" ".repeat(length) + "\"").getBytes(StandardCharsets.UTF_8));
            tokens.add("é".repeat(length).getBytes(StandardCharsets.UTF_8));
        }
        tokens.add(new byte[0]);
        while (tokens.size() < size) {
            tokens.add(token(random));
        }
        return new TokenTrie(tokens.toArray(byte[][]::new));
    }

    private static byte[] token(Random random) {
        var token = new ByteArrayOutputStream();
        for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
            token.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
        }
        var bytes = token.toByteArray();
        int cut = random.nextInt(8) == 0 ? 1 : 0;
        return java.util.Arrays.copyOfRange(
                bytes,
                bytes.length > 2 * cut ? random.nextInt(cut + 1) : 0,
                bytes.length - (bytes.length > 2 * cut ? cut : 0));
    }
}
