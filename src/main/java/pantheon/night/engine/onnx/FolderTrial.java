package pantheon.night.engine.onnx;

import java.nio.file.Path;
import pantheon.night.NightException;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.Tokenizer;

/** Whether a folder's graph can be run here: it is loaded, and computes a token. The folder needs no manifest for it. */
public final class FolderTrial {
    private FolderTrial() {}

    /**
     * Tries a folder out.
     *
     * @param tokenizer the folder's, with any ends
     * @throws NightException with exit code 69 where the graph is no decoder with a KV cache, has inputs that are not known,
     *     or does not fit the tokenizer
     */
    public static void run(Path folder, Tokenizer tokenizer) {
        var files = ModelFolder.of(folder);
        var decoder = Decoder.load(files, 1);
        try (var runner = OnnxEngine.runner(decoder, 1, files.contextTokens(), () -> {})) {
            OnnxEngine.requireFit(files, tokenizer, decoder, runner);
        }
    }
}
