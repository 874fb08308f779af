package pantheon.night.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.trainer.docs.DocumentGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Opens the traces of {@code docops.front-matter}, from the agent's own file. */
final class FrontMatterTraces {
    private static final Path AGENT = Path.of("src/main/sample/agents/docops.front-matter.yaml");

    private FrontMatterTraces() {}

    /** Documents as they come. */
    static ExampleSource common(long seed) {
        return open(seed, false, false);
    }

    /** Documents that take decisions. */
    static ExampleSource hard(long seed) {
        return open(seed, true, false);
    }

    /** Documents that take decisions, with titles of what is rare: the prompt's own words, any script. */
    static ExampleSource rare(long seed) {
        return open(seed, true, true);
    }

    private static ExampleSource open(long seed, boolean hard, boolean rare) {
        try {
            var file = YAMLMapper.builder().build().readTree(Files.readString(AGENT));
            var agent = new AgentAssembly(BuiltInTools.all()).assemble(file, ControlToken.FORMAT);
            var allowed = new LinkedHashMap<String, Map<String, String>>();
            var written = new LinkedHashMap<String, List<String>>();
            for (var check : file.required("checks")) {
                if (check.required("use").stringValue().equals("mapped_key")) {
                    var with = check.required("with");
                    var key = with.required("key").stringValue();
                    allowed.put(key, allowedBySpelling(with));
                    var spellings = new ArrayList<>(allowed.get(key).keySet());
                    spellings.remove("");
                    written.put(key, spellings);
                }
            }
            return new TraceSource(
                    agent,
                    allowed,
                    new DocumentGenerator(seed, written, rare ? promptWords(agent) : List.of(), hard),
                    Files.createTempDirectory("traces"));
        } catch (IOException e) {
            throw new IllegalStateException(AGENT + " cannot be read; run the trainer in the project's folder", e);
        }
    }

    private static List<String> promptWords(Agent agent) {
        return Pattern.compile("\\p{L}{2,}")
                .matcher(agent.prompt().opening(agent.format(), agent.cards()))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static Map<String, String> allowedBySpelling(JsonNode with) {
        var allowed = new LinkedHashMap<String, String>();
        with.required("spellings")
                .properties()
                .forEach(entry ->
                        entry.getValue().forEach(spelling -> allowed.put(spelling.stringValue(), entry.getKey())));
        allowed.put("", with.required("default").stringValue());
        return allowed;
    }
}
