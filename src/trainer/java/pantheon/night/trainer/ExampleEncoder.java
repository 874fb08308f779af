package pantheon.night.trainer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Turns conversations into tokens with the tokenizer that the runner uses. Segments are tokenised one by one; that is
 * exact because control tokens are borders for BPE and every learned segment begins and ends with one.
 */
final class ExampleEncoder implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    ExampleEncoder(Path directory) {
        try {
            tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(directory.resolve(TokenizerFiles.TOKENIZER))
                    .optTruncation(false)
                    .optPadding(false)
                    .optAddSpecialTokens(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int[] tokens(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        int[] tokens = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = Math.toIntExact(ids[i]);
        }
        return tokens;
    }

    String text(int[] tokens) {
        long[] ids = new long[tokens.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens[i];
        }
        return tokenizer.decode(ids, false);
    }

    Example example(List<Segment> segments) {
        int[][] parts = new int[segments.size()][];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            Segment segment = segments.get(i);
            if (segment.learned() && !isBordered(segment.text())) {
                throw new IllegalArgumentException(
                        "a learned segment must begin and end with a control token: " + segment.text());
            }
            parts[i] = tokens(segment.text());
            length += parts[i].length;
        }
        int[] tokens = new int[length];
        boolean[] learned = new boolean[length];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            System.arraycopy(parts[i], 0, tokens, at, parts[i].length);
            Arrays.fill(learned, at, at + parts[i].length, segments.get(i).learned());
            at += parts[i].length;
        }
        return new Example(tokens, learned);
    }

    private static boolean isBordered(String text) {
        return ControlToken.all().stream().anyMatch(token -> text.startsWith(token.text()))
                && ControlToken.all().stream().anyMatch(token -> text.endsWith(token.text()));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
