package pantheon.night.trainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.document.fence.LanguageWords;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.Prompt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scripted policy of {@code docops.fences} in place of a model, for a document whose fences' languages are known: it sets
 * the language where it is among the candidates, and else leaves the fence as it is.
 *
 * <p>A wrong language costs more than one that is left out. So of the languages that are set only one in {@link #SET_LEARNED}
 * is learnt, and where the likeliest candidate is wrong, leaving the fence is said again in {@link #MORE_DOUBT} conversations
 * of their own: a model that has learnt them sets a language only where it is right with a chance of six in seven or so.
 */
final class FenceOracle implements Conversation {
    static final int MORE_DOUBT = 2;
    static final int SET_LEARNED = 3;

    private static final ControlText CONTROL = ControlToken.FORMAT.control(List.of());

    private final String prefix;
    private final Map<Integer, String> languages;
    private final int fullAt;
    private final List<Step> steps = new ArrayList<>();
    private boolean full;
    private int line;
    private boolean set;

    /**
     * What was answered.
     *
     * @param heard all before it but the static prompt
     * @param doubt what a model that is less bold answers here, where that is better
     */
    private record Step(
            String heard, String answer, @Nullable String doubt) {
        boolean sets() {
            return answer.contains("set_fence_language");
        }

        String after() {
            return heard + answer + ControlToken.TURN_END;
        }

        List<Segment> alone(String said) {
            return List.of(new Segment(heard, false), new Segment(said + ControlToken.TURN_END, true));
        }
    }

    /**
     * @param prefix the static prompt, which is no part of the segments
     * @param languages line of a fence → its language
     * @param fullAt after so many characters the context is said to be full, once
     */
    FenceOracle(String prefix, Map<Integer, String> languages, int fullAt) {
        this.prefix = prefix;
        this.languages = languages;
        this.fullAt = fullAt;
    }

    /** What is to be learnt: the conversation, one answer of it after its context was cut, and each doubt. */
    List<List<Segment>> conversations(Random random) {
        var whole = new ArrayList<Segment>();
        int at = 0;
        var said = "";
        for (; at < steps.size() && steps.get(at).heard().startsWith(said); at++) {
            var step = steps.get(at);
            boolean learned = !step.sets() || random.nextInt(SET_LEARNED) == 0;
            whole.add(new Segment(step.heard().substring(said.length()), false));
            whole.add(new Segment(step.answer() + ControlToken.TURN_END, learned));
            said = step.after();
        }
        var cut = steps.subList(at, steps.size());
        var later = cut.isEmpty() ? null : cut.get(random.nextInt(cut.size()));
        var doubts = steps.stream()
                .flatMap(step -> step.doubt() == null ? Stream.empty() : Stream.of(step.alone(step.doubt())))
                .flatMap(doubt -> Stream.generate(() -> doubt).limit(MORE_DOUBT));
        var alone = later == null ? Stream.<List<Segment>>empty() : Stream.of(later.alone(later.answer()));
        return Stream.concat(Stream.of(List.copyOf(whole)), Stream.concat(alone, doubts))
                .toList();
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        var heard = prompt.text().substring(prefix.length());
        if (!full && steps.size() > 4 && heard.length() > fullAt) {
            full = true;
            return generation("", StopReason.CONTEXT_FULL);
        }
        var step = step(heard);
        steps.add(step);
        return generation(step.answer(), StopReason.END_OF_TURN);
    }

    private static Generation generation(String text, StopReason reason) {
        return new Generation(text, reason, new Usage(0, 0, 1), Duration.ZERO, Duration.ZERO);
    }

    private Step step(String heard) {
        if (steps.isEmpty()) {
            return new Step(heard, next(), null);
        }
        var result = heard.lines()
                .filter(line -> line.startsWith("{"))
                .reduce((before, last) -> last)
                .map(Json::parse)
                .orElseThrow();
        if (result.has("changed")) {
            return new Step(heard, next(), null);
        }
        return result.required("found").booleanValue() ? decide(heard, result) : new Step(heard, end(), null);
    }

    private Step decide(String heard, JsonNode result) {
        line = result.required("line").intValue();
        var language = languages.getOrDefault(line, "");
        var words = result.required("candidates")
                .valueStream()
                .map(candidate -> candidate.required("language").stringValue())
                .toList();
        var fits = words.stream()
                .filter(word -> LanguageWords.language(word).equals(language))
                .findFirst();
        boolean first = fits.isPresent() && fits.get().equals(words.getFirst());
        set |= fits.isPresent();
        return new Step(heard, fits.map(this::set).orElseGet(this::next), first ? null : next());
    }

    /** The next fence; behind the last one, where there was one. */
    private String next() {
        return call("next_fence", line == 0 ? Json.object() : Json.object().put("after", line));
    }

    private String set(String word) {
        return call("set_fence_language", Json.object().put("line", line).put("language", word));
    }

    private String end() {
        return call(
                "final",
                set
                        ? Json.object().put("status", "done")
                        : Json.object().put("status", "fail").put("reason", "none"));
    }

    private static String call(String name, ObjectNode arguments) {
        return ControlToken.CALL.written(name, CONTROL.write(arguments));
    }

    @Override
    public int countTokens(String text) {
        return text.length();
    }

    @Override
    public void close() {}
}
