package pantheon.night.cli.setup;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.config.NightConfig;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.Engine;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.engine.openvino.OpenVinoEngine;
import pantheon.night.engine.openvino.OpenVinoHere;
import pantheon.night.engine.openvino.OpenVinoOptions;
import pantheon.night.engine.openvino.Precision;
import pantheon.night.engine.server.ServerEngine;
import pantheon.night.engine.server.ServerOptions;
import pantheon.night.local.preflight.Preflight;
import pantheon.night.model.ModelManifest;
import pantheon.night.prompt.ChatFormat;

/**
 * The engines of a night by the model's name. Which engine runs a model of the configuration is known here alone.
 *
 * @param unusable why a model cannot be used, by its name; not all of them
 */
public record Engines(Map<String, Engine> byName, Map<String, String> unusable) implements AutoCloseable {
    /**
     * Loads models, in the order of their names; those that cannot be used are told, as long as there is another one.
     *
     * @param loader loads one; where it fails otherwise, those that were loaded before are closed
     * @throws NightException with exit code 69 where none of them can be used
     */
    public static Engines load(Collection<String> names, Function<String, Engine> loader) {
        var engines = new Engines(new LinkedHashMap<>(), new LinkedHashMap<>());
        try {
            NightException first = null;
            for (var name : new TreeSet<>(names)) {
                try {
                    engines.byName.put(name, loader.apply(name));
                } catch (NightException e) {
                    first = requireUnavailable(e, first);
                    engines.unusable.put(name, e.getMessage());
                }
            }
            if (first != null && engines.byName.isEmpty()) {
                throw first;
            }
            requireRoom(engines.byName, memoryOfProcess());
            return engines;
        } catch (RuntimeException | Error e) {
            engines.close();
            throw e;
        }
    }

    /** What is wrong with a model alone; gives the first of two. */
    private static NightException requireUnavailable(NightException e, @Nullable NightException first) {
        if (e.exitCode() != ExitCode.UNAVAILABLE) {
            throw e;
        }
        return first == null ? e : first;
    }

    /** Loads a model of the configuration. */
    static Engine open(String name, NightConfig.Model model, ChatFormat format) {
        var engine = engine(model, format);
        if (!Preflight.isLocal(engine.model().origin())) {
            throw new IllegalStateException(
                    "model " + name + " is at " + engine.model().origin());
        }
        try {
            requireRoom(Map.of(name, engine), memoryOfProcess());
            return engine;
        } catch (NightException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * A look at what a model needs that is installed beside this program, which gives it in words and fails with exit code
     * 69 where it is not there; empty where a model needs nothing.
     */
    static Optional<Supplier<String>> installed(NightConfig.Model model) {
        return Optional.ofNullable(model.openVino()).map(openVino -> () -> {
            var here = OpenVinoHere.find(openVino.libraries());
            here.require(openVino.device());
            return here.words(openVino.device(), Precision.named(openVino.precision()));
        });
    }

    /** What this process may have: its control group's memory, or the machine's. */
    private static long memoryOfProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    /**
     * What models take at most has to fit into the memory that there is: no night ends because there was too little for
     * its last task.
     */
    static void requireRoom(Map<String, Engine> engines, long given) {
        long needed = engines.values().stream().mapToLong(Engine::memoryBytes).sum();
        if (needed > given) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "%s: %,d MB at most are needed for weights, keys and values, and this process may have %,d MB. Set sequences or contextTokens to less; pantheon-night model inspect tells what each takes."
                            .formatted(
                                    "models " + String.join(", ", engines.keySet()),
                                    Math.ceilDiv(needed, 1_000_000),
                                    given / 1_000_000));
        }
    }

    private static Engine engine(NightConfig.Model model, ChatFormat format) {
        var server = model.server();
        if (server == null) {
            var folder = requireNonNull(model.path(), "a model that this process runs has a folder");
            var openVino = model.openVino();
            if (openVino != null) {
                return OpenVinoEngine.load(folder, options(model, openVino, format));
            }
            return OnnxEngine.load(
                    folder,
                    new OnnxOptions(
                            model.threads(),
                            model.contextTokens(),
                            model.sequences(),
                            format,
                            Decoding.named(model.decoding())));
        }
        return ServerEngine.connect(new ServerOptions(
                server.socket(),
                server.model(),
                server.adapter(),
                model.path(),
                model.contextTokens(),
                server.sequences(),
                format,
                server.patience(),
                server.silence()));
    }

    private static OpenVinoOptions options(NightConfig.Model model, NightConfig.OpenVino openVino, ChatFormat format) {
        return new OpenVinoOptions(
                openVino.libraries(),
                openVino.device(),
                Precision.named(openVino.precision()),
                model.threads(),
                model.contextTokens(),
                model.sequences(),
                format,
                Decoding.named(model.decoding()));
    }

    /**
     * Makes sure that an agent's model tells what the agent asks of it.
     *
     * @throws NightException with exit code 78 where it does not
     */
    static void requireConfidence(Agent agent, NightConfig.Model model) {
        if (agent.asksConfidence() && model.server() != null) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "agent %s asks for leastConfidence, and its model %s is a server's, which does not tell how likely a choice was; expected a model with engine: onnx or openvino. Give the agent one, or remove leastConfidence."
                            .formatted(agent.name(), agent.model()));
        }
    }

    /**
     * Makes sure that an agent's model was trained for no agents in particular.
     *
     * @throws NightException with exit code 78 where its manifest names some
     */
    static void requireGeneral(Agent agent, NightConfig.Model model) {
        var known = Optional.ofNullable(model.path())
                .flatMap(ModelManifest::peek)
                .map(ModelManifest::agents)
                .orElse(List.of());
        if (!known.isEmpty()) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "agent %s needs a general model, and its model %s was trained for %s alone; expected a larger one, in this process or behind a server's socket. Give the agent one."
                            .formatted(agent.name(), agent.model(), String.join(", ", known)));
        }
    }

    /** What is to be said of an agent that chooses by whole values on a model that cannot score them. */
    static Optional<String> unscored(Agent agent, NightConfig.Model model) {
        return agent.scoresValues() && model.server() != null
                ? Optional.of(
                        "agent %s asks for score, and its model %s is a server's, which cannot score whole values; it chooses token by token"
                                .formatted(agent.name(), agent.model()))
                : Optional.empty();
    }

    /** Where the engines of models run, each once. */
    static List<String> origins(Collection<NightConfig.Model> models) {
        return models.stream().map(Engines::origin).distinct().toList();
    }

    private static String origin(NightConfig.Model model) {
        var server = model.server();
        if (server != null) {
            return ServerEngine.origin(server.socket());
        }
        return model.openVino() == null ? OnnxEngine.ORIGIN : OpenVinoEngine.ORIGIN;
    }

    @Override
    public void close() {
        byName.values().forEach(Engine::close);
    }
}
