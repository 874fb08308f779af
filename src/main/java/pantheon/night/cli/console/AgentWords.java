package pantheon.night.cli.console;

import java.util.stream.Collectors;
import pantheon.night.Count;
import pantheon.night.agent.Agent;

/** An agent in a line. */
public final class AgentWords {
    private AgentWords() {}

    /** How many tools and checks it has, and how its turns are held to its schemas. */
    public static String of(Agent agent) {
        return "%s, %s, %s"
                .formatted(
                        Count.of(agent.tools().size(), "tool"),
                        Count.of(agent.checks().size(), "check"),
                        held(agent));
    }

    private static String held(Agent agent) {
        return agent.grammar()
                .map(grammar -> grammar.loosenings().isEmpty()
                        ? "turns held to the schemas"
                        : grammar.loosenings().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining("; ", "turns held to the schemas but for ", "")))
                .orElse("turns validated only");
    }
}
