package pantheon.night.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.agent.choice.ChosenValues;
import pantheon.night.agent.choice.WholeChoice;
import pantheon.night.engine.Generation;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.tool.Offer;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolCall;

/**
 * What one turn is held to, by what tools have returned before it.
 *
 * @param offers what the arguments that the agent limits are limited to
 * @param values finds what was chosen
 * @param grammar null where turns are held to nothing while they are generated
 */
record Hold(List<Offer> offers, @Nullable TurnGrammar grammar, Judge judge, ChosenValues values) {
    Hold {
        offers = List.copyOf(offers);
    }

    static Hold of(Agent agent, ToolBox tools) {
        var offers = tools.offers();
        var grammar = agent.grammar(offers);
        var types = agent.types(grammar);
        return new Hold(
                offers,
                grammar.orElse(null),
                new Judge(agent.format(), types, tools),
                new ChosenValues(agent.format(), types));
    }

    /** What a task's last turn is held to: whatever else it called, the task would end without a result. */
    @Nullable
    TurnGrammar ending() {
        return grammar == null ? null : grammar.only(ToolCall.FINAL);
    }

    /** Has the model choose by whole values where the agent asks for that. */
    WholeChoice choice(Agent agent) {
        return new WholeChoice(values, offers, agent::grammar);
    }

    /** What became of the offers. */
    List<Chosen> chosen(Generation generation, Reply reply) {
        return values.of(offers, generation, reply instanceof Reply.Calls calls ? calls.calls() : List.of());
    }

    /** What the next turn is held to; the same where nothing else is offered. */
    Hold next(Agent agent, ToolBox tools) {
        return tools.offers().equals(offers) ? this : of(agent, tools);
    }
}
