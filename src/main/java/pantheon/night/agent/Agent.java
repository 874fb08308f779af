package pantheon.night.agent;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.acceptance.Check;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.prompt.ThickPrompt;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.ToolCall;

/**
 * A specialist: what it is told, which tools it may use and how, its bounds, and when its work is accepted.
 *
 * @param model the name of the model it runs on
 * @param input the schema of a task's input
 * @param output the schema of {@code final}'s arguments; {@code status} is {@code done} or {@code fail} in it
 */
public record Agent(
        String name,
        String version,
        String model,
        Schema input,
        Schema output,
        List<BoundTool> tools,
        Limits limits,
        ChatTemplate template,
        ThickPrompt prompt,
        List<Check> checks) {
    public Agent {
        tools = List.copyOf(tools);
        checks = List.copyOf(checks);
    }

    /** The tools as the model sees them, {@code final} last. */
    public List<ToolCard> cards() {
        var cards = new ArrayList<>(tools.stream().map(BoundTool::card).toList());
        cards.add(new ToolCard(ToolCall.FINAL, "End the task.", output.json()));
        return cards;
    }

    public String templateHash() {
        return prompt.templateHash(template, cards());
    }
}
