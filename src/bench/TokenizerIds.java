import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.tokenizer.TokenizerFiles;
import pantheon.night.model.trained.BaseComparison;

/** The ids that the program makes of texts, one line each; and what a tokenizer is like. */
final class TokenizerIds {
    /**
     * Arguments: a folder with tokenizer.json, the text of the token that ends its turns, a file of texts (JSON Lines),
     * and the file to write; or "gguf", a GGUF file, and the folder to write; or "compare", a trained folder, and its base.
     */
    public static void main(String... arguments) throws Exception {
        if (arguments[0].equals("gguf")) {
            try (var file = GgufFile.open(Path.of(arguments[1]))) {
                TokenizerFiles.write(file, Files.createDirectories(Path.of(arguments[2])));
            }
            return;
        }
        if (arguments[0].equals("compare")) {
            try {
                System.out.println(
                        "alike; " + BaseComparison.requireAlike(Path.of(arguments[1]), Path.of(arguments[2])));
            } catch (NightException e) {
                System.out.println(e.getMessage());
            }
            return;
        }
        long start = System.nanoTime();
        var end = arguments[1];
        try (var tokenizer = Tokenizer.load(Path.of(arguments[0], "tokenizer.json"), List.of(end))) {
            long loaded = System.nanoTime();
            var trie = tokenizer.vocabulary().trie();
            System.out.printf(
                    "%s: %d ids, read in %d ms, tree of %.1f MB built in %d ms, longest token %d bytes, %d control tokens, no token for the bytes %s%n",
                    Path.of(arguments[0]).getFileName(),
                    tokenizer.size(),
                    (loaded - start) / 1_000_000,
                    trie.memoryBytes() / 1e6,
                    (System.nanoTime() - loaded) / 1_000_000,
                    trie.longest(),
                    tokenizer.controlTexts().size(),
                    tokenizer.vocabulary().missingBytes());
            ids(tokenizer, Path.of(arguments[2]), Path.of(arguments[3]));
        }
    }

    private static void ids(Tokenizer tokenizer, Path texts, Path out) throws Exception {
        int lost = 0;
        var lines = new StringBuilder();
        for (var line : Files.readAllLines(texts)) {
            var text = Json.parse(line).stringValue();
            var ids = tokenizer.encode(text);
            lines.append(Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
                    .append('\n');
            var back = tokenizer.decode(Arrays.stream(ids).boxed().toList());
            if (!back.equals(text) && !back.equals(Normalizer.normalize(text, Normalizer.Form.NFC))) {
                lost++;
            }
        }
        Files.writeString(out, lines);
        System.out.printf("  texts that do not come back: %d%n", lost);
    }
}
