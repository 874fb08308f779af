package pantheon.night.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.tool.Offer;
import pantheon.night.tool.ToolBox;

/**
 * What one turn is held to, by what tools have returned before it.
 *
 * @param offers what the arguments that the agent limits are limited to
 * @param grammar null where turns are held to nothing while they are generated
 */
record Hold(List<Offer> offers, @Nullable TurnGrammar grammar, Judge judge) {
    Hold {
        offers = List.copyOf(offers);
    }

    static Hold of(Agent agent, ToolBox tools) {
        var offers = tools.offers();
        var grammar = agent.grammar(offers);
        return new Hold(offers, grammar.orElse(null), new Judge(agent.format(), agent.types(grammar), tools));
    }

    /** What the next turn is held to; the same where nothing else is offered. */
    Hold next(Agent agent, ToolBox tools) {
        return tools.offers().equals(offers) ? this : of(agent, tools);
    }
}
