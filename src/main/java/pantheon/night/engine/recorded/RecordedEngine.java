package pantheon.night.engine.recorded;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.Prompt;

/** An engine that gives recorded generations in their order, one list a conversation, whatever the prompts are. */
public final class RecordedEngine implements Engine {
    private final EngineModel model;
    private final Iterator<List<Generation>> conversations;

    /** @param conversations the generations of each conversation, in the order in which they are opened */
    public RecordedEngine(EngineModel model, List<List<Generation>> conversations) {
        this.model = model;
        this.conversations = List.copyOf(conversations).iterator();
    }

    /** One that gives the generations of a single conversation, as a task's replay asks for them. */
    public static RecordedEngine ofOne(EngineModel model, List<Generation> conversation) {
        return new RecordedEngine(model, List.of(conversation));
    }

    @Override
    public EngineModel model() {
        return model;
    }

    @Override
    public Conversation open() {
        if (!conversations.hasNext()) {
            throw new IllegalStateException("the record has no further conversation");
        }
        return new Recorded(conversations.next().iterator());
    }

    @Override
    public void close() {}

    private static final class Recorded implements Conversation {
        private final Iterator<Generation> generations;
        private boolean closed;

        Recorded(Iterator<Generation> generations) {
            this.generations = generations;
        }

        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
            if (closed) {
                throw new IllegalStateException("the conversation is closed");
            }
            if (!generations.hasNext()) {
                throw new IllegalStateException("the record has no further generation for this conversation");
            }
            return generations.next();
        }

        /** Code points, since the tokenizer is not recorded. */
        @Override
        public int countTokens(String text) {
            return text.codePointCount(0, text.length());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
