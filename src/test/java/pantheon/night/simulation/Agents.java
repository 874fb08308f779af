package pantheon.night.simulation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;

/** The agents of simulated nights: one writes its file anew, the other replaces a line of it. */
final class Agents {
    static final List<String> NAMES = List.of("writer", "editor");

    /** Put together once: compiling schemas takes longer than a night. */
    private static final Map<String, Agent> ALL = Stream.of(
                    agent("writer", "write_file"), agent("editor", "replace_text"))
            .collect(Collectors.toUnmodifiableMap(Agent::name, Function.identity()));

    private Agents() {}

    static Map<String, Agent> all() {
        return ALL;
    }

    private static Agent agent(String name, String tool) {
        return new AgentAssembly(BuiltInTools.all())
                .assemble(Json.parse("""
                {"name": "%s", "version": "1", "model": "%s",
                 "input": {"type": "object",
                           "properties": {"path": {"type": "string"}, "line": {"type": "integer"}, "by": {"type": "string"}},
                           "required": ["path", "line", "by"]},
                 "output": {"type": "object",
                            "properties": {"status": {"enum": ["done", "fail"]}, "reason": {"type": "string"}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "%s", "bind": {"path": {"input": "path"}}}, {"name": "read_file"},
                           {"name": "compute_diff"}],
                 "limits": {"steps": 6, "failures": 2, "toolErrors": 2, "identicalCalls": 1, "stepTokens": 100,
                            "taskTokens": 400, "keptResults": 2, "toolTime": "60s", "taskTime": "60s"},
                 "prompt": {"role": "You leave a line."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}
                """.formatted(name, SimulatedEngine.NAME, tool)), ChatFormats.QWEN);
    }
}
