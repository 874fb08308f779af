package pantheon.night.replay;

import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.Prompt;

/** Gives the recorded answers, loses the engine where it was lost, and tells where the loop wants more than was recorded. */
record RecordedConversation(Conversation recorded, AttemptRecord record) implements Conversation {
    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        if (record.isAnswered()) {
            throw record.lost()
                    .<RuntimeException>map(EngineLost::new)
                    .orElseGet(() -> record.differs("the loop asks for another answer"));
        }
        return recorded.generate(prompt, grammar, limits);
    }

    @Override
    public int countTokens(String text) {
        return recorded.countTokens(text);
    }

    @Override
    public void close() {
        recorded.close();
    }
}
