package pantheon.night.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.agent.StopSignal;
import pantheon.night.agent.ToolLoop;
import pantheon.night.contract.Json;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.document.fence.LanguageModel.Sample;
import pantheon.night.document.fence.LanguageWords;
import pantheon.night.local.SystemClock;
import pantheon.night.outcome.FinishReason;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.trainer.docs.SampleDocument;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The command that writes what a model learns {@code docops.fences} from: the ordinary tool loop, with the
 * {@link FenceOracle} in place of the model, over documents of which some fences' languages are hidden.
 *
 * <p>The tools know nothing that they would not know in a night: the weights that they begin with are learnt from the other
 * repositories, and the repository's own fences are those of documents in other folds; of all of them, and of few, as in
 * repositories that label little.
 */
@Command(
        name = "fence-traces",
        mixinStandardHelpOptions = true,
        description = "Writes conversations of docops.fences over documents whose fences say their language.")
public final class FenceTraces implements Callable<Integer> {
    private static final Path AGENT = Path.of("config/more-agents/docops.fences.yaml");
    /** Less than the agent that ships asks for, and more: who is to learn what is doubtful has to see it. */
    private static final double LEAST = 0.5;

    private static final int MOST = 3;

    private static final int FOLDS = 3;
    /** Of so many documents of the other folds one is known. */
    private static final int[] THINNED = {1, 8};

    private static final int MOST_HIDDEN = 4;
    private static final int MANY_HIDDEN = 14;
    /** People leave commands without a language more often than all else. */
    private static final double OTHERS_THAN_SHELL = 0.4;
    /** How long a conversation is when its context is cut, in characters. */
    private static final int SHORTEST_FULL = 1_800;

    private static final int LONGEST_FULL = 4_500;

    @Parameters(index = "0", paramLabel = "DOCUMENTS", description = "A folder of repositories, each a folder.")
    private Path documents = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to write the conversations, as JSON lines.")
    private Path file = Path.of("");

    @Parameters(index = "2", paramLabel = "SEED", defaultValue = "1", description = "Decides what is hidden.")
    private long seed = 1;

    private Random random = new Random(0);

    public static void main(String... arguments) {
        System.exit(new CommandLine(new FenceTraces()).execute(arguments));
    }

    /** A repository of which a part is known. */
    private record Known(Agent agent, LabelledRepository repository, int fold, int thinned) {
        LabelledRepository base() {
            return repository.with(path -> LabelledRepository.part(path, "fold", FOLDS) != fold
                    && LabelledRepository.part(path, "known", thinned) == 0);
        }

        LabelledRepository tasks() {
            return repository.with(path -> LabelledRepository.part(path, "fold", FOLDS) == fold);
        }
    }

    @Override
    public Integer call() throws IOException {
        random = new Random(seed);
        var repositories = new ArrayList<LabelledRepository>();
        try (var folders = Files.list(documents)) {
            for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
                repositories.add(LabelledRepository.read(folder));
            }
        }
        var conversations = new ArrayList<List<Segment>>();
        var prefix = "";
        for (var repository : repositories) {
            int before = conversations.size();
            var agent = agent(taught(repositories, repository));
            prefix = prefix(agent);
            for (int fold = 0; fold < FOLDS; fold++) {
                for (int thinned : THINNED) {
                    conversations.addAll(conversations(new Known(agent, repository, fold, thinned)));
                }
            }
            System.out.printf("%s: %d conversations%n", repository.name(), conversations.size() - before);
        }
        new ExampleFile(prefix, conversations).write(file);
        return 0;
    }

    private static String prefix(Agent agent) {
        return agent.prompt().opening(agent.format(), agent.cards());
    }

    /** What the other repositories teach; a language of one alone teaches nothing. */
    private static LanguageModel taught(List<LabelledRepository> all, LabelledRepository but) {
        var samples = all.stream()
                .filter(repository -> !repository.equals(but))
                .map(LabelledRepository::samples)
                .toList();
        var used = samples.stream()
                .flatMap(some -> some.stream().map(Sample::language).distinct())
                .collect(Collectors.groupingBy(language -> language, Collectors.counting()));
        return LanguageModel.blank()
                .learnt(samples.stream()
                        .flatMap(List::stream)
                        .filter(sample -> used.getOrDefault(sample.language(), 0L) > 1)
                        .toList());
    }

    private static Agent agent(LanguageModel taught) throws IOException {
        var text = Files.readString(AGENT)
                .replaceAll("least: \\{value: [0-9.]+}", "least: {value: %s}".formatted(LEAST))
                .replaceAll("most: \\{value: [0-9]+}", "most: {value: %d}".formatted(MOST));
        var yaml = YAMLMapper.builder().build().readTree(text);
        return new AgentAssembly(BuiltInTools.all(() -> taught)).assemble(yaml, ControlToken.FORMAT);
    }

    private List<List<Segment>> conversations(Known known) throws IOException {
        var base = known.base().as("%s %d %d".formatted(known.repository().name(), known.fold(), known.thinned()));
        var root = Files.createTempDirectory("fences");
        var conversations = new ArrayList<List<Segment>>();
        known.tasks().documents().forEach((path, text) -> {
            var hidden = hidden(Fences.of(text));
            if (!hidden.isEmpty() || random.nextInt(20) == 0) {
                var shown = LabelledRepository.hiding(text, fence -> hidden.containsKey(fence.line()));
                var files = new OneFile(root, new SampleDocument(path, shown.getBytes(StandardCharsets.UTF_8)), base);
                conversations.addAll(conversations(known.agent(), path, files, hidden));
            }
        });
        Files.delete(root);
        return conversations;
    }

    private List<List<Segment>> conversations(Agent agent, String path, OneFile files, Map<Integer, String> hidden) {
        try {
            var oracle = new FenceOracle(prefix(agent), hidden, random.nextInt(SHORTEST_FULL, LONGEST_FULL));
            var ending = new ToolLoop(
                            agent,
                            Json.object().put("path", path),
                            files,
                            oracle,
                            agent.format().control(List.of()),
                            new SystemClock(),
                            StopSignal.never(),
                            new SilentLog())
                    .run();
            boolean ended = ending.accepted() || ending.reason() == FinishReason.DECLINED;
            return ended ? oracle.conversations(random) : List.of();
        } finally {
            files.remove();
        }
    }

    /** Line → language of some fences in a row; few, and at times many. */
    private Map<Integer, String> hidden(List<Fence> fences) {
        var lines = new HashSet<Integer>();
        var known = fences.stream()
                .filter(fence -> !fence.language().isEmpty() && lines.add(fence.line()) && isHidden(fence))
                .toList();
        int most = random.nextInt(1, (random.nextInt(10) == 0 ? MANY_HIDDEN : MOST_HIDDEN) + 1);
        int from = random.nextInt(Math.max(1, known.size() - most + 1));
        return known.stream()
                .skip(from)
                .limit(most)
                .collect(Collectors.toMap(Fence::line, fence -> LanguageWords.language(fence.language())));
    }

    private boolean isHidden(Fence fence) {
        return LanguageWords.language(fence.language()).equals("shell") || random.nextDouble() < OTHERS_THAN_SHELL;
    }
}
