package pantheon.night.prompt;

import java.util.List;
import java.util.Map;
import pantheon.night.KeptOrder;
import pantheon.night.contract.ToolCard;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent's locked prompt: role and constraints, tool cards, repository conventions, goals, context.
 *
 * <p>It is the same for each of the agent's tasks, so that its KV cache can be shared; only the task's input and the
 * transcript come after it.
 *
 * @param role who the model is, one or two sentences
 * @param constraints what it must keep to, one sentence each
 * @param conventions how the repository does things, one sentence each
 * @param goals the acceptance checks in words, one sentence each
 * @param context what else it should know, possibly empty
 * @param shows field of the input → the text that stands for it, where tools alone need what it says
 */
public record ThickPrompt(
        String role,
        List<String> constraints,
        List<String> conventions,
        List<String> goals,
        String context,
        Map<String, String> shows) {
    public ThickPrompt {
        constraints = List.copyOf(constraints);
        conventions = List.copyOf(conventions);
        goals = List.copyOf(goals);
        shows = KeptOrder.map(shows);
    }

    /** One that shows the input as it is. */
    public ThickPrompt(
            String role, List<String> constraints, List<String> conventions, List<String> goals, String context) {
        this(role, constraints, conventions, goals, context, Map.of());
    }

    /** The system message. */
    public String systemText() {
        var out = new StringBuilder(role.strip());
        section("Constraints", constraints, out);
        section("Conventions", conventions, out);
        section("Goals", goals, out);
        if (!context.isBlank()) {
            out.append("\n\n# Context\n\n").append(context.strip());
        }
        return out.toString();
    }

    private static void section(String title, List<String> sentences, StringBuilder out) {
        if (!sentences.isEmpty()) {
            out.append("\n\n# ").append(title).append("\n");
            sentences.forEach(sentence -> out.append("\n- ").append(sentence.strip()));
        }
    }

    /** What the prompts of all the agent's tasks begin with. */
    public String opening(ChatFormat format, List<ToolCard> cards) {
        return format.opening(systemText(), cards);
    }

    /** The whole prompt before the first answer: the opening, and the task's input. */
    public Prompt open(ChatFormat format, List<ToolCard> cards, ObjectNode input, ControlText control) {
        var opening = opening(format, cards);
        return new Prompt(opening, opening.length()).with(format.input(control.write(shown(input))));
    }

    private ObjectNode shown(ObjectNode input) {
        var shown = input.deepCopy();
        shows.forEach((field, text) -> {
            if (shown.has(field)) {
                shown.put(field, text);
            }
        });
        return shown;
    }

    /** Identifies prompt, tools and format. */
    public String templateHash(ChatFormat format, List<ToolCard> cards) {
        return format.hash(systemText(), cards);
    }
}
