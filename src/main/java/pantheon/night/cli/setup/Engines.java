package pantheon.night.cli.setup;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import pantheon.night.config.NightConfig;
import pantheon.night.engine.Engine;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.engine.server.ServerEngine;
import pantheon.night.engine.server.ServerOptions;
import pantheon.night.local.preflight.Preflight;
import pantheon.night.prompt.ChatFormat;

/** The engines of a night by the model's name. Which engine runs a model of the configuration is known here alone. */
public record Engines(Map<String, Engine> byName) implements AutoCloseable {
    /**
     * Loads models, in the order of their names.
     *
     * @param loader loads one; where it fails, those that were loaded before are closed
     */
    public static Engines load(Collection<String> names, Function<String, Engine> loader) {
        var engines = new Engines(new LinkedHashMap<>());
        try {
            new TreeSet<>(names).forEach(name -> engines.byName.put(name, loader.apply(name)));
            return engines;
        } catch (RuntimeException | Error e) {
            engines.close();
            throw e;
        }
    }

    /** Loads a model of the configuration. */
    static Engine open(String name, NightConfig.Model model, ChatFormat format) {
        var engine = engine(model, format);
        if (!Preflight.isLocal(engine.model().origin())) {
            throw new IllegalStateException(
                    "model " + name + " is at " + engine.model().origin());
        }
        return engine;
    }

    private static Engine engine(NightConfig.Model model, ChatFormat format) {
        var server = model.server();
        if (server == null) {
            var folder = requireNonNull(model.path(), "a model that this process runs has a folder");
            return OnnxEngine.load(
                    folder, new OnnxOptions(model.threads(), model.contextTokens(), model.sequences(), format));
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

    /** Where the engines of models run, each once. */
    static List<String> origins(Collection<NightConfig.Model> models) {
        return models.stream().map(Engines::origin).distinct().toList();
    }

    private static String origin(NightConfig.Model model) {
        var server = model.server();
        return server == null ? OnnxEngine.ORIGIN : ServerEngine.origin(server.socket());
    }

    @Override
    public void close() {
        byName.values().forEach(Engine::close);
    }
}
