package pantheon.night.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.acceptance.Checks;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.batch.Egress;
import pantheon.night.cli.console.Output;
import pantheon.night.config.ConfigLoader;
import pantheon.night.config.Definitions;
import pantheon.night.config.NightConfig;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Preflight;
import pantheon.night.local.preflight.PreflightCheck;
import pantheon.night.model.ModelManifest;
import pantheon.night.past.History;
import pantheon.night.past.NightLock;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.QueueReader;
import pantheon.night.queue.Task;
import pantheon.night.tool.Tool;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.tool.command.CommandTool;
import pantheon.night.tool.command.CommandTools;
import tools.jackson.databind.JsonNode;

/**
 * What a command works with: the configuration in force, and the agents that it names.
 *
 * @param commands the command tools by name, whether an agent uses them or not
 * @param egress not proven yet; a command that loads a model or runs a tool has it proven first
 * @param digest SHA-256 over configuration, agent and tool files
 * @param broken what is wrong with agents that were left out, in words; with {@link #sound} alone
 */
public record Setup(
        NightConfig config,
        List<ConfigLoader.Value> values,
        Map<String, Agent> agents,
        Map<String, CommandTool> commands,
        Egress egress,
        String digest,
        List<String> broken) {
    private static final String CREDENTIAL = "pantheon-night.key";

    /**
     * Reads the configuration, and all that it names.
     *
     * @param flags the configuration that flags set, as key path → text
     */
    public static Setup load(Path file, Map<String, String> flags) {
        var setup = read(file, flags, Definitions::load);
        if (!setup.broken.isEmpty()) {
            throw new NightException(ExitCode.CONFIG, setup.broken);
        }
        return setup;
    }

    /** The same without agents in which something is wrong, for who can do without them. */
    public static Setup sound(Path file, Map<String, String> flags) {
        return read(file, flags, Definitions::sound);
    }

    /** Reads the files of tools and agents. */
    @FunctionalInterface
    private interface Reading {
        Definitions of(NightConfig config, Set<String> builtIn, SortedMap<String, JsonNode> checks);
    }

    private static Setup read(Path file, Map<String, String> flags, Reading reading) {
        var loaded = ConfigLoader.load(file, System.getenv(), flags);
        var tools = new TreeMap<>(BuiltInTools.all());
        var definitions = reading.of(loaded.config(), tools.keySet(), Checks.parameters());
        var broken = new ArrayList<>(definitions.broken());
        var egress = egress(loaded.config());
        var commands = CommandTools.of(definitions.tools(), tools.keySet(), egress::renew);
        tools.putAll(commands);
        var assembly = new AgentAssembly(tools);
        var agents = assembled(
                definitions.agents(),
                agent -> assembled(agent, assembly, loaded.config().models()),
                broken);
        var digest = new StringBuilder(loaded.digest());
        definitions.agents().values().forEach(agent -> digest.append('\n').append(Json.write(agent.json())));
        definitions.tools().values().forEach(json -> digest.append('\n').append(Json.write(json)));
        return new Setup(
                loaded.config(), loaded.values(), agents, commands, egress, Sha256.hex(digest.toString()), broken);
    }

    private static Agent assembled(
            Definitions.Definition file, AgentAssembly assembly, Map<String, NightConfig.Model> models) {
        var agent = assembly.assemble(file.json(), format(file.json(), models), file.places());
        try {
            var model = Objects.requireNonNull(models.get(agent.model()));
            Engines.requireConfidence(agent, model);
            if (file.json().path("general").booleanValue(false)) {
                Engines.requireGeneral(agent, model);
            }
            return agent;
        } catch (NightException e) {
            throw new NightException(e.exitCode(), file.places().apply("/model") + ": " + e.getMessage(), e);
        }
    }

    /** @param broken gets what is wrong with any of them */
    private static Map<String, Agent> assembled(
            Map<String, Definitions.Definition> files,
            Function<Definitions.Definition, Agent> assemble,
            List<String> broken) {
        var agents = new LinkedHashMap<String, Agent>();
        files.forEach((name, file) -> {
            try {
                agents.put(name, assemble.apply(file));
            } catch (NightException e) {
                if (e.exitCode() != ExitCode.CONFIG) {
                    throw e;
                }
                broken.addAll(e.lines());
            }
        });
        return agents;
    }

    /** The chat format of an agent's model. */
    private static ChatFormat format(JsonNode agent, Map<String, NightConfig.Model> models) {
        var name = agent.required("model").stringValue();
        return format(name, Objects.requireNonNull(models.get(name), "agents' names are checked when they are read"));
    }

    /** The one that the configuration names, else that of the model's folder. */
    private static ChatFormat format(String name, NightConfig.Model model) {
        try {
            return found(model).format();
        } catch (NightException e) {
            throw new NightException(e.exitCode(), "model " + name + ": " + e.getMessage(), e);
        }
    }

    private static ChatFormats.Found found(NightConfig.Model model) {
        return model.format() == null
                ? ChatFormats.found(Objects.requireNonNull(model.path(), "a model has a format or a folder"))
                : new ChatFormats.Found(ChatFormats.named(model.format()), Optional.empty());
    }

    /** The command tools that agents use. */
    public List<CommandTool> usedCommands() {
        return agents.values().stream()
                .flatMap(Agent::usedTools)
                .map(Tool::name)
                .distinct()
                .flatMap(name -> Stream.ofNullable(commands.get(name)))
                .toList();
    }

    /**
     * Makes sure that the command tools of all agents can run.
     *
     * @throws NightException with exit code 77 where one cannot be confined here, 78 where its program is missing
     */
    public void requireCommands() {
        usedCommands().forEach(CommandTool::require);
    }

    /** Does what no other night may do beside it. */
    public <T> T whileLocked(Output output, Supplier<T> action) {
        return whileLocked(output, false, action);
    }

    /** The same; where another process holds a lock, it is known or not whether it writes nothing any more. */
    public <T> T whileLocked(Output output, boolean isFenced, Supplier<T> action) {
        return NightLock.whileHeld(
                config.state(),
                config.log(),
                isFenced,
                owner -> output.warn("%s was killed while it held the lock".formatted(owner)),
                action);
    }

    /** The agent of a task that was validated. */
    public Agent agent(String name) {
        var agent = agents.get(name);
        if (agent == null) {
            throw new IllegalStateException("no agent " + name + "; tasks are validated when they are read");
        }
        return agent;
    }

    /** The journal of a night. */
    public Path journal(String run) {
        var journals = History.journals(config.log());
        return journals.stream()
                .filter(file -> Journal.run(file).equals(run))
                .findFirst()
                .orElseThrow(() -> new NightException(
                        ExitCode.USAGE,
                        "there is no night \"%s\" in %s; the last one is %s. Name one of its journals, without .jsonl."
                                .formatted(
                                        run,
                                        config.log(),
                                        journals.isEmpty() ? "not there yet" : Journal.run(journals.getLast()))));
    }

    /**
     * The key that statements are signed with: {@code signing.key}, else the credential {@value #CREDENTIAL} of the
     * service manager; empty where there is neither.
     *
     * @param environment names the folder of credentials
     */
    public Optional<SigningKey> signingKey(Map<String, String> environment) {
        if (config.signingKey() != null) {
            return Optional.of(SigningKey.read(config.signingKey()));
        }
        return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
                .map(folder -> Path.of(folder).resolve(CREDENTIAL))
                .filter(Files::exists)
                .map(SigningKey::readCredential);
    }

    /** When nights begin, a time of day; empty where any hour will do. */
    public Optional<String> from() {
        return values.stream()
                .filter(value -> value.key().equals("window.from"))
                .map(ConfigLoader.Value::value)
                .findFirst();
    }

    /** What nights leave beside their journals. */
    public StateFolder state() {
        return new StateFolder(config.state());
    }

    /** The journals. */
    public LogFolder log() {
        return new LogFolder(config.log());
    }

    /** The queue's files, in the order of their names. */
    public List<Path> queueFiles() {
        var queue = config.queue();
        if (Files.exists(queue) && !Files.isDirectory(queue)) {
            return List.of(queue);
        }
        try (var files = Files.list(queue)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "the queue %s cannot be read: %s. Set queue to a file, or to a folder of *.jsonl."
                            .formatted(queue, IoReason.of(e, queue)),
                    e);
        }
    }

    /** The file of the queue that an agent's lines are added to. */
    public Path queueFile(String agent) {
        var queue = config.queue();
        boolean isFile = Files.isRegularFile(queue)
                || (!Files.exists(queue) && queue.toString().endsWith(".jsonl"));
        return isFile ? queue : queue.resolve(agent + ".jsonl");
    }

    /** The queue's tasks whose lines are right, and what is wrong with the others. */
    public Queue queue() {
        var reader = new QueueReader(agents);
        var tasks = new ArrayList<Task>();
        queueFiles().forEach(file -> tasks.addAll(reader.tasks(file)));
        return new Queue(tasks, reader.problems());
    }

    public record Queue(List<Task> tasks, List<String> problems) {}

    /** The evidence of this process alone: without a configuration, no layer around it is required, and no engine named. */
    public static EgressProof processAlone() {
        return new Preflight(Preflight.Surroundings.ofThisProcess(NightConfig.Egress.GATE, List.of()), List.of())
                .whole();
    }

    private static Egress egress(NightConfig config) {
        var origins = Engines.origins(config.models().values());
        var preflight = new Preflight(
                Preflight.Surroundings.ofThisProcess(config.egress().gate(), origins),
                config.egress().require().stream()
                        .map(code -> PreflightCheck.of(code).orElseThrow())
                        .toList());
        return new Egress(preflight::whole, preflight::repeated);
    }

    /** What is to be said of an agent whose model was trained for others, by its manifest; empty where there is nothing. */
    public Optional<String> stranger(Agent agent) {
        return Optional.ofNullable(config.models().get(agent.model()))
                .map(NightConfig.Model::path)
                .flatMap(ModelManifest::peek)
                .filter(manifest -> !manifest.knows(agent.name()))
                .map(manifest ->
                        "agent %s runs on model %s, which was trained for %s alone and may know nothing of it; give it another model, or look at its first tasks closely"
                                .formatted(agent.name(), agent.model(), String.join(", ", manifest.agents())));
    }

    /** What is to be said of an agent that chooses by whole values on a model that cannot; empty where there is nothing. */
    public Optional<String> unscored(Agent agent) {
        return Optional.ofNullable(config.models().get(agent.model())).flatMap(model -> Engines.unscored(agent, model));
    }

    /** The models of the configuration that may do an agent's work: those that were trained for it, or for none alone. */
    public List<String> modelsFor(String agent) {
        return config.models().entrySet().stream()
                .filter(model -> Optional.ofNullable(model.getValue().path())
                        .flatMap(ModelManifest::peek)
                        .map(manifest -> manifest.knows(agent))
                        .orElse(true))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is to be said of how the conversations of an agent's model are written; empty where there is nothing. */
    public Optional<String> format(Agent agent) {
        return Optional.ofNullable(config.models().get(agent.model()))
                .flatMap(model -> found(model).note())
                .map(note -> "model %s: %s".formatted(agent.model(), note));
    }

    /**
     * For each model that needs what is installed beside this program, by its name, a look at that: it gives it in words, and
     * fails with exit code 69 where it is not there.
     */
    public Map<String, Supplier<String>> installed() {
        var looks = new TreeMap<String, Supplier<String>>();
        config.models().forEach((name, model) -> Engines.installed(model).ifPresent(look -> looks.put(name, look)));
        return looks;
    }

    /** Loads one model of the configuration. */
    public Engine engine(String name) {
        var model = model(name);
        return Engines.open(name, model, format(name, model));
    }

    /** Loads one with other threads and sequences than the configuration has; a server keeps its own. */
    public Engine engine(String name, int threads, int sequences) {
        var model = model(name);
        return Engines.open(name, model.with(threads, sequences), format(name, model));
    }

    private NightConfig.Model model(String name) {
        var model = config.models().get(name);
        if (model == null) {
            throw new IllegalStateException("no model " + name + "; agents are checked when they are loaded");
        }
        return model;
    }
}
