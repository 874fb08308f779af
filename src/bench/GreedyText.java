import java.nio.file.Path;
import java.time.Duration;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** What a model folder goes on with behind a text, each token the likeliest. */
final class GreedyText {
    /** Arguments: the folder, the text, and how many tokens. */
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        try (var engine = OnnxEngine.load(folder, new OnnxOptions(2, 1024, 1, ChatFormats.of(folder)));
                var conversation = engine.open()) {
            var limits = new GenerationLimits(Integer.parseInt(arguments[2]), Duration.ofMinutes(5));
            System.out.println(
                    conversation.generate(Prompt.unshared(arguments[1]), limits).text());
        }
    }
}
