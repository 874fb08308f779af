package pantheon.night.agent;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.agent.choice.WholeChoice;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.Generation;
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

    /** What is asked of the model. */
    record Turn(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {}

    /**
     * The model's next turn.
     *
     * @param choice by which it is to choose; null where it chooses token by token
     */
    record Generate(
            State.Prompting state,
            Conversation conversation,
            Turn turn,
            @Nullable WholeChoice choice) implements Work {
        @Override
        public Answer done() {
            try {
                return new Answer.Generated(state, turn.prompt(), generation());
            } catch (EngineLost e) {
                return new Answer.Lost(state, e.getMessage());
            }
        }

        private Generation generation() {
            if (choice == null) {
                return conversation.generate(turn.prompt(), turn.grammar(), turn.limits());
            }
            var bare = state.transcript().cut(0).prompt();
            return choice.turn(conversation, turn.grammar(), new WholeChoice.Asked(turn.prompt(), bare, turn.limits()));
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
