package pantheon.night.engine.decode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Alternatives;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Scores;
import pantheon.night.engine.Usage;
import pantheon.night.engine.sampling.GivenTokens;
import pantheon.night.engine.sampling.Sampler;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;

/**
 * One task's conversation with a model behind a {@link DecodeLoop}: the text and the tokens seen so far.
 *
 * <p>A prompt is prefilled from where it parts from what was seen, or from what another conversation has computed,
 * whichever is longer.
 */
public final class LoopConversation implements Conversation {
    private final DecodeLoop loop;
    private final Spelling spelling;
    private final int contextTokens;
    private final Place place;

    private String text = "";
    private int[] tokens = {};
    private boolean closed;

    /** @param contextTokens the most tokens that prompt and generation may have together */
    public LoopConversation(DecodeLoop loop, Spelling spelling, int contextTokens) {
        this.loop = loop;
        this.spelling = spelling;
        this.contextTokens = contextTokens;
        place = loop.open();
    }

    @Override
    public int countTokens(String counted) {
        return spelling.encode(counted).length;
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        if (closed) {
            throw new IllegalStateException("the conversation is closed");
        }
        long start = loop.now();
        var prefix = spelling.prefix(prompt.prefix());
        var asked = tokens(prompt, prefix);
        if (asked.length >= contextTokens) {
            return new Generation(
                    "", StopReason.CONTEXT_FULL, new Usage(asked.length, 0, 0), Duration.ZERO, Duration.ZERO);
        }
        int room = Math.min(limits.maxTokens(), contextTokens - asked.length);
        var outOfRoom = room < limits.maxTokens() ? StopReason.CONTEXT_FULL : StopReason.TOKEN_LIMIT;
        var turn = spelling.sampler(grammar, room);
        var answer = loop.decode(
                place,
                new Request(
                        asked,
                        prefix.length,
                        turn,
                        room,
                        outOfRoom,
                        start,
                        start + limits.timeLimit().toNanos()));
        return generation(prompt, asked, turn, answer);
    }

    @Override
    public Optional<Scores> score(Prompt prompt, Alternatives alternatives, Duration timeLimit) {
        if (closed) {
            throw new IllegalStateException("the conversation is closed");
        }
        long start = loop.now();
        var prefix = spelling.prefix(prompt.prefix());
        var asked = tokens(prompt, prefix);
        var spelled = SpelledAlternatives.of(alternatives, spelling)
                .filter(texts -> asked.length + texts.longest() < contextTokens);
        boolean isOwn = text.startsWith(prompt.text());
        var at = isOwn ? place : loop.open();
        try {
            return spelled.flatMap(texts -> scores(at, asked, prefix.length, texts, start + timeLimit.toNanos()))
                    .map(scores -> new Scores(scores, Duration.ofNanos(loop.now() - start)));
        } finally {
            if (!isOwn) {
                loop.leave(at);
            }
        }
    }

    private Optional<List<Double>> scores(Place at, int[] asked, int prefix, SpelledAlternatives texts, long deadline) {
        var scores = new ArrayList<Double>();
        var begun = concat(asked, texts.common());
        for (var rest : texts.rests()) {
            var given = new GivenTokens(rest);
            var request =
                    new Request(begun, prefix, given, rest.length + 1, StopReason.CONTEXT_FULL, loop.now(), deadline);
            if (loop.decode(at, request).reason() != StopReason.END_OF_TURN) {
                return Optional.empty();
            }
            scores.add(given.logLikelihood());
        }
        return Optional.of(scores);
    }

    /** A prompt's tokens; what was seen or generated before is not tokenised again. */
    private int[] tokens(Prompt prompt, int[] prefix) {
        boolean goesOn = !text.isEmpty() && prompt.text().startsWith(text);
        return goesOn
                ? concat(tokens, spelling.encode(prompt.text().substring(text.length())))
                : concat(
                        prefix,
                        spelling.encode(prompt.text().substring(prompt.prefix().length())));
    }

    private Generation generation(Prompt prompt, int[] asked, Sampler turn, Answer answer) {
        var said = spelling.decode(turn);
        text = prompt.text() + said;
        tokens = concat(asked, turn.tokens().stream().mapToInt(id -> id).toArray());
        int ended = answer.reason() == StopReason.END_OF_TURN ? 1 : 0;
        return new Generation(
                said,
                answer.reason(),
                new Usage(asked.length, answer.cached(), turn.tokens().size() + ended, turn.forcedTokens()),
                answer.prefill(),
                answer.decode(),
                turn.likelihood());
    }

    private static int[] concat(int[] first, int[] second) {
        var whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            loop.leave(place);
        }
    }
}
