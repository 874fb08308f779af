package pantheon.night.agent;

import pantheon.night.Contained;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ToolBox;
import pantheon.night.workspace.files.TaskFiles;

/**
 * What a task's input makes of its agent.
 *
 * @param opening with which the conversation begins
 * @param first what the first turn is held to
 */
record Equipment(ToolBox tools, Prompt opening, Hold first) {

    /** Of a task's input; broken where nothing can be made of that. */
    static Contained.Outcome<Equipment> of(
            Agent agent, ToolLoop.Asked asked, TaskFiles files, ControlText control, Contained contained) {
        var limit = agent.limits().toolTime();
        try {
            return contained.run("input", limit, () -> {
                var tools = new ToolBox(agent.tools(), agent.output(), asked.input(), files, limit, contained);
                return new Equipment(
                        tools,
                        agent.prompt().open(agent.format(), agent.cards(), asked.shown(), control),
                        Hold.of(agent, tools));
            });
        } catch (NightException e) {
            if (e.exitCode() == ExitCode.CONFIG) { // a schema that only this input makes of the agent's
                return new Contained.Outcome.Broken<>(e.getMessage());
            }
            throw e;
        }
    }
}
