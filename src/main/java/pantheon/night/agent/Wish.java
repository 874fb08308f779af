package pantheon.night.agent;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.Prompt;

/** What a task's loop needs before it can go on, or how it has ended. */
public sealed interface Wish {
    /**
     * Work that takes time, for whichever thread drives the loop to do or to have done, once. It writes nothing down;
     * what comes of it goes to {@link ToolLoop#next}.
     */
    sealed interface Work extends Wish {
        Answer done();
    }

    /** What the input makes of the agent. */
    record Equip(Supplier<Answer> work) implements Work {
        @Override
        public Answer done() {
            return work.get();
        }
    }

    /** The model's next turn. */
    record Generate(
            State.Prompting state,
            Conversation conversation,
            Prompt prompt,
            @Nullable TurnGrammar grammar,
            GenerationLimits limits)
            implements Work {
        @Override
        public Answer done() {
            try {
                return new Answer.Generated(state, prompt, conversation.generate(prompt, grammar, limits));
            } catch (EngineLost e) {
                return new Answer.Lost(state, e.getMessage());
            }
        }
    }

    /** The next call of a turn. */
    record Call(Supplier<Answer> work) implements Work {
        @Override
        public Answer done() {
            return work.get();
        }
    }

    /** The acceptance checks. */
    record Check(Supplier<Answer> work) implements Work {
        @Override
        public Answer done() {
            return work.get();
        }
    }

    /** Nothing more. */
    record End(Ending ending) implements Wish {}
}
