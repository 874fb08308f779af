package pantheon.night.agent.choice;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.agent.choice.ChosenValues.Written;
import pantheon.night.engine.Alternatives;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Likelihood;
import pantheon.night.engine.Scores;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.Scoring;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.Choice;
import pantheon.night.tool.Offer;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.JsonNode;

/**
 * Has a model choose by whole values where an agent asks for that. The turn is generated as ever; then each value that could
 * stand where one was chosen is computed there, and where another one is likelier the turn is generated once more, with
 * that one. What could not be scored is chosen token by token.
 *
 * @param grammars of a turn whose arguments are limited to what is offered
 */
public record WholeChoice(
        ChosenValues values, List<Offer> offers, Function<List<Offer>, Optional<TurnGrammar>> grammars) {
    /** Of more values than these none is scored. */
    static final int MOST_VALUES = 64;

    public WholeChoice {
        offers = List.copyOf(offers);
    }

    /**
     * What is asked for.
     *
     * @param bare the same prompt without what tools returned
     */
    public record Asked(Prompt prompt, Prompt bare, GenerationLimits limits) {
        private GenerationLimits within(Duration took) {
            return new GenerationLimits(limits.maxTokens(), limits.timeLimit().minus(took));
        }
    }

    /** Has the turn generated. */
    public Generation turn(Conversation conversation, @Nullable TurnGrammar grammar, Asked asked) {
        var turn = new Turn(conversation, asked, conversation.generate(asked.prompt(), grammar, asked.limits()));
        while (turn.goOn()) {
            // one more value was decided
        }
        return turn.told();
    }

    /**
     * A value that the turn gives, and those that could stand there.
     *
     * @param writings of the offer's values, in their order
     */
    private record Open(Offer offer, Scoring scoring, JsonNode value, Written place, List<String> writings) {}

    /** A turn, and what of it is decided. */
    private final class Turn {
        private final Conversation conversation;
        private final Asked asked;
        private final Map<String, Decided> decided = new LinkedHashMap<>();
        private Generation generation;
        private Duration scored = Duration.ZERO;

        private record Decided(JsonNode value, double likelihood, Scoring scoring) {}

        Turn(Conversation conversation, Asked asked, Generation generation) {
            this.conversation = conversation;
            this.asked = asked;
            this.generation = generation;
        }

        /** Decides the next value; false where none is left, or nothing can be told of it. */
        boolean goOn() {
            if (generation.stopReason() != StopReason.END_OF_TURN) {
                return false;
            }
            var next = values.calls(generation.text()).flatMap(this::next);
            var likelihoods = next.flatMap(this::likelihoods);
            if (next.isEmpty() || likelihoods.isEmpty()) {
                return false;
            }
            decide(next.get(), likelihoods.get());
            return true;
        }

        /** The first value of the turn that is not decided yet. */
        private Optional<Open> next(ToolCall call) {
            return offers.stream()
                    .filter(offer -> offer.tool().equals(call.name())
                            && call.arguments().has(offer.argument())
                            && !decided.containsKey(offer.argument())
                            && offer.values().size() > 1
                            && offer.values().size() <= MOST_VALUES)
                    .flatMap(offer -> open(offer, call).stream())
                    .min(Comparator.comparingInt(open -> open.place().before().length()));
        }

        private Optional<Open> open(Offer offer, ToolCall call) {
            if (!(offer.choice() instanceof Choice.FromResults from) || from.scoring() == Scoring.PATH) {
                return Optional.empty();
            }
            var argument = offer.argument();
            return values.written(argument, generation.text(), call).flatMap(place -> {
                var writings = offer.values().stream()
                        .flatMap(value -> values.written(place, value, argument, call).stream())
                        .distinct()
                        .toList();
                return writings.size() == offer.values().size()
                        ? Optional.of(
                                new Open(offer, from.scoring(), call.arguments().get(argument), place, writings))
                        : Optional.empty();
            });
        }

        private Optional<List<Double>> likelihoods(Open open) {
            var alternatives = new Alternatives(
                    open.place().before(), open.writings(), open.place().behind());
            var behindAll = scores(asked.prompt(), alternatives);
            if (open.scoring() == Scoring.WHOLE || behindAll.isEmpty()) {
                return behindAll.map(WholeChoice::shares);
            }
            return scores(asked.bare(), alternatives)
                    .map(bare -> shares(IntStream.range(0, bare.size())
                            .mapToObj(i -> behindAll.get().get(i) - bare.get(i))
                            .toList()));
        }

        private Optional<List<Double>> scores(Prompt prompt, Alternatives alternatives) {
            var scores = conversation.score(prompt, alternatives, left());
            scores.ifPresent(some -> scored = scored.plus(some.took()));
            return scores.map(Scores::logLikelihoods);
        }

        private Duration left() {
            return asked.limits().timeLimit().minus(took());
        }

        private Duration took() {
            return generation.prefillTime().plus(generation.decodeTime()).plus(scored);
        }

        private void decide(Open open, List<Double> likelihoods) {
            int best = IntStream.range(0, likelihoods.size())
                    .boxed()
                    .max(Comparator.comparingDouble(likelihoods::get))
                    .orElseThrow();
            var value = open.offer().values().get(best);
            decided.put(open.offer().argument(), new Decided(value, likelihoods.get(best), open.scoring()));
            if (!value.equals(open.value())) {
                again();
            }
        }

        /** Generates the turn with what was decided; its tokens are those of one turn, its time is that of all. */
        private void again() {
            var before = generation;
            var narrowed = offers.stream().map(this::narrowed).toList();
            var now = conversation.generate(
                    asked.prompt(), grammars.apply(narrowed).orElse(null), asked.within(took()));
            generation = new Generation(
                    now.text(),
                    now.stopReason(),
                    now.usage(),
                    before.prefillTime().plus(now.prefillTime()),
                    before.decodeTime().plus(now.decodeTime()),
                    now.likelihood());
        }

        private Offer narrowed(Offer offer) {
            var value = decided.get(offer.argument());
            return value == null || !offer.values().contains(value.value())
                    ? offer
                    : new Offer(
                            offer.tool(), offer.argument(), offer.choice(), List.of(value.value()), offer.leftOut());
        }

        Generation told() {
            return new Generation(
                    generation.text(),
                    generation.stopReason(),
                    generation.usage(),
                    generation.prefillTime(),
                    generation.decodeTime().plus(scored),
                    new Told(KeptOrder.map(decided), generation.likelihood()));
        }
    }

    /** What was decided is as likely as it was among all that was offered. */
    private record Told(Map<String, Turn.Decided> decided, Likelihood path) implements Likelihood {
        @Override
        public OptionalDouble of(String argument, int from, int to) {
            var value = decided.get(argument);
            return value == null ? path.of(argument, from, to) : OptionalDouble.of(value.likelihood());
        }

        @Override
        public Scoring scoring(String argument) {
            var value = decided.get(argument);
            return value == null ? path.scoring(argument) : value.scoring();
        }
    }

    /** The share of each in all of them together: 0 to 1. */
    private static List<Double> shares(List<Double> logarithms) {
        double greatest = logarithms.stream().mapToDouble(one -> one).max().orElse(0);
        var weights = logarithms.stream().map(one -> Math.exp(one - greatest)).toList();
        double sum = weights.stream().mapToDouble(one -> one).sum();
        return weights.stream().map(weight -> weight / sum).toList();
    }
}
