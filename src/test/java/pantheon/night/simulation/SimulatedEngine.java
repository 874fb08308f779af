package pantheon.night.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;

/** An engine that does its task, and now and then says anything at all. */
final class SimulatedEngine implements Engine {
    static final String NAME = "simulated";

    /** How many conversations it goes on with at once. */
    static final int SEQUENCES = 3;

    private static final EngineModel MODEL = new EngineModel(
            NAME,
            "0".repeat(64),
            100_000,
            List.of("<|im_start|>", "<|im_end|>"),
            "process:simulated",
            SEQUENCES,
            Map.of());

    private static final Pattern INPUT = Pattern.compile(
            "<\\|im_start\\|>user\n\\{\"path\": ?\"([^\"]+)\", ?\"line\": ?(\\d+), ?\"by\": ?\"([^\"]+)\"");

    private final Chance chance;
    private final Faults faults;
    private final SimulatedClock clock;
    private final Nonsense nonsense;
    private final int nonsenseOneIn;
    private final SimulatedWatch watch;

    /** @param nonsenseOneIn how many answers there are to one that is nonsense, 0 for none */
    SimulatedEngine(Chance chance, Faults faults, SimulatedClock clock, SimulatedWatch watch, int nonsenseOneIn) {
        this.watch = watch;
        this.chance = chance;
        this.faults = faults;
        this.clock = clock;
        this.nonsense = new Nonsense(chance.fork());
        this.nonsenseOneIn = nonsenseOneIn;
    }

    @Override
    public EngineModel model() {
        return MODEL;
    }

    @Override
    public Conversation open() {
        return new Simulated();
    }

    @Override
    public void close() {}

    private final class Simulated implements Conversation {
        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
            faults.effect("asking the model");
            if (faults.strikes(Fault.HUNG, "the model")) {
                watch.hang();
            }
            if (faults.strikes(Fault.BUG, "the model")) {
                throw new IllegalStateException("a bug in the engine");
            }
            if (faults.strikes(Fault.ENGINE_LOST, "the model")) {
                if (chance.oneIn(2)) {
                    throw new EngineLost("its server was lost");
                }
                throw new NightException(ExitCode.UNAVAILABLE, "the model is lost");
            }
            var took = Duration.ofMillis(chance.below(2_000));
            clock.pass(took);
            boolean sense = nonsenseOneIn == 0 || !chance.oneIn(nonsenseOneIn);
            var text = sense ? answer(prompt.text()) : nonsense.text();
            var stop = sense ? StopReason.END_OF_TURN : nonsense.stopReason();
            int input = prompt.text().length() / 4;
            int output = sense ? text.length() / 4 + 1 : nonsense.tokens(limits.maxTokens());
            return new Generation(text, stop, new Usage(input, chance.below(input + 1), output), Duration.ZERO, took);
        }

        @Override
        public int countTokens(String text) {
            return text.length() / 4;
        }

        @Override
        public void close() {}
    }

    private String answer(String prompt) {
        var input = INPUT.matcher(prompt);
        if (!input.find()) {
            throw new IllegalStateException("no input in the prompt:\n" + prompt);
        }
        if (prompt.contains("done by " + input.group(3))) {
            return call("final", "{\"status\": \"done\"}");
        }
        if (chance.oneIn(4)) {
            return call("read_file", "{\"path\": \"%s\"}".formatted(input.group(1)));
        }
        return prompt.contains("\"replace_text\"") ? replace(input) : write(input);
    }

    private static String replace(Matcher input) {
        return call(
                "replace_text",
                "{\"old\": \"line %s\\n\", \"new\": \"line %s, done by %s\\n\"}"
                        .formatted(input.group(2), input.group(2), input.group(3)));
    }

    private static String write(Matcher input) {
        return call("write_file", "{\"text\": \"done by %s\\n\"}".formatted(input.group(3)));
    }

    static String call(String tool, String arguments) {
        return "<tool_call>\n{\"name\": %s, \"arguments\": %s}\n</tool_call>".formatted(Json.quote(tool), arguments);
    }
}
