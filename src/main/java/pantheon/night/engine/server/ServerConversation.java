package pantheon.night.engine.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.engine.server.protocol.Ask;
import pantheon.night.engine.server.protocol.Continuation;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;

/** One task's conversation with a server: each prompt is sent whole, and the server's cache has what it knows of it. */
final class ServerConversation implements Conversation {
    private final ServerEngine engine;
    private final @Nullable PromptTokens tokens;
    private int slot = Slots.ANY;
    private @Nullable TurnGrammar written;
    private @Nullable String writtenText;
    private boolean begun;
    private boolean closed;

    ServerConversation(ServerEngine engine, @Nullable PromptTokens tokens) {
        this.engine = engine;
        this.tokens = tokens;
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar turn, GenerationLimits limits) {
        if (closed) {
            throw new IllegalStateException("the conversation is closed");
        }
        if (!begun) {
            begun = true;
            slot = engine.slots().take(engine.cacheKey(prompt.prefix()));
        }
        var grammarText = grammar(turn);
        if (tokens == null) {
            return asked(Ask.of(prompt.text(), limits.maxTokens(), grammarText).in(place()), limits);
        }
        var ids = tokens.of(prompt);
        int room = Math.min(limits.maxTokens(), engine.model().contextTokens() - ids.length);
        return room < 1 ? noRoom(ids.length) : asked(Ask.of(ids, room, grammarText, place()), limits);
    }

    private int place() {
        return engine.slots().asked(slot);
    }

    /** A turn in the server's language, written once while the task goes on with it. */
    private @Nullable String grammar(@Nullable TurnGrammar turn) {
        if (turn != written) {
            writtenText = turn == null ? null : engine.written(turn);
            written = turn;
        }
        return writtenText;
    }

    private static Generation noRoom(int inputTokens) {
        return new Generation("", StopReason.CONTEXT_FULL, new Usage(inputTokens, 0, 0), Duration.ZERO, Duration.ZERO);
    }

    private Generation asked(Ask ask, GenerationLimits limits) {
        var said = engine.link().complete(ask, limits.timeLimit());
        if (said.end() == Continuation.End.NO_ROOM) {
            return noRoom(said.input());
        }
        return new Generation(
                engine.withoutStop(said.text()),
                reason(said, limits.maxTokens()),
                new Usage(said.input(), said.cached(), said.output()),
                said.prefill(),
                said.decode());
    }

    /** Where fewer tokens came than were wanted, nothing but the context can have ended them. */
    private static StopReason reason(Continuation said, int wanted) {
        return switch (said.end()) {
            case TURN -> StopReason.END_OF_TURN;
            case TIME -> StopReason.TIME_LIMIT;
            case LENGTH -> said.output() < wanted ? StopReason.CONTEXT_FULL : StopReason.TOKEN_LIMIT;
            case NO_ROOM -> StopReason.CONTEXT_FULL;
        };
    }

    @Override
    public int countTokens(String text) {
        return engine.countTokens(text);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            engine.slots().leave(slot);
        }
    }
}
