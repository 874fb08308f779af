package pantheon.night.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.contract.Json;
import pantheon.night.engine.decode.Scored;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.PlainDecoder;
import pantheon.night.model.importing.SourceModel;
import pantheon.night.prompt.ChatFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what a model folder computes with the weights that it was made of, computed plainly in double precision. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Compares what an imported model computes with the weights that it was made of.",
            "A text is read by both and gone on with; perplexity, likeliest tokens and logits are compared. The weights are",
            "computed in double precision, which takes minutes for a large model."
        })
final class ModelCheck implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The model folder that an import made.")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE|FOLDER", description = "What it was made of.")
    private Path source = Path.of("");

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many tokens of text are read; a quarter as many more are gone on with. 200 without it.")
    private int tokens;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        try (var model = SourceModel.of(source, folder)) {
            var scored = scored();
            int threads = Runtime.getRuntime().availableProcessors();
            var plain = new PlainDecoder(model.weights(), threads).logits(scored.tokens());
            var agreement = LogitAgreement.of(scored, plain);
            say(agreement, model.arithmetic());
            return (agreement.holds(model.arithmetic()) ? ExitCode.OK : ExitCode.UNAVAILABLE).status();
        }
    }

    private Scored scored() throws IOException {
        var options = new OnnxOptions(
                Runtime.getRuntime().availableProcessors(),
                0,
                1,
                ChatFormats.found(folder).format());
        try (var text = Objects.requireNonNull(ModelCheck.class.getResourceAsStream("/model/check.txt"));
                var engine = OnnxEngine.load(folder, options)) {
            return engine.scored(new String(text.readAllBytes(), UTF_8), tokens, tokens / 4);
        }
    }

    private void say(LogitAgreement agreement, Arithmetic arithmetic) {
        var words = output.output();
        words.result(Json.object()
                .put("precision", arithmetic.name().toLowerCase(Locale.ROOT))
                .put("tokens", agreement.tokens())
                .put("sameTop", agreement.sameTop())
                .put("sameGreedy", agreement.sameGreedy())
                .put("greedy", agreement.greedy())
                .put("perplexity", agreement.perplexity())
                .put("plainPerplexity", agreement.plainPerplexity())
                .put("greatestDifference", agreement.greatestDifference())
                .put("holds", agreement.holds(arithmetic)));
        words.say(
                "likeliest token: the same behind %d of %d tokens".formatted(agreement.sameTop(), agreement.tokens()));
        words.say("greedy text: the same for %d of %d tokens".formatted(agreement.sameGreedy(), agreement.greedy()));
        words.say(String.format(
                Locale.ROOT,
                "perplexity: %.4f, of the weights %.4f (%+.4f %%)",
                agreement.perplexity(),
                agreement.plainPerplexity(),
                100 * agreement.perplexityOff()));
        words.say(String.format(Locale.ROOT, "logits: apart by %.2g at most", agreement.greatestDifference()));
        if (!agreement.holds(arithmetic)) {
            words.warn("%s does not compute what %s says. Import it again, and report it where that changes nothing."
                    .formatted(folder, source));
        }
    }
}
