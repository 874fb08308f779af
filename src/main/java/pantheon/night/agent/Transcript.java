package pantheon.night.agent;

import java.util.List;
import java.util.stream.Stream;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.Prompt;

/**
 * The prompt so far: the thick prompt with the task's input, then turns, appended only.
 *
 * <p>So the prompt of a step begins with the whole prompt and the answer of the step before, and its KV cache is
 * reused. Only when the context is full are the oldest tool results cut to a marker, once, by a fixed rule.
 *
 * @param format writes the turns
 * @param opening everything up to the first answer
 * @param keptResults how many of the last results stay whole once the transcript is cut; negative while it is whole
 */
record Transcript(ChatFormat format, Prompt opening, List<Turn> turns, int keptResults) {
    private static final String CUT = "{\"cut\": true}";

    /** One turn after the opening, ready for the prompt: control tokens stand only where the format has them. */
    sealed interface Turn {
        /** The model's answer, without the end of its turn. */
        record Answer(String text) implements Turn {}

        /** The results of its calls, as JSON. */
        record Results(List<String> results) implements Turn {
            public Results {
                results = List.copyOf(results);
            }
        }

        record Corrected(Correction correction) implements Turn {}
    }

    Transcript {
        turns = List.copyOf(turns);
    }

    static Transcript opening(ChatFormat format, Prompt opening) {
        return new Transcript(format, opening, List.of(), -1);
    }

    Transcript with(Turn... more) {
        return new Transcript(
                format, opening, Stream.concat(turns.stream(), Stream.of(more)).toList(), keptResults);
    }

    boolean isCut() {
        return keptResults >= 0;
    }

    /** Whether cutting down to the last {@code kept} results would make it shorter. */
    boolean canBeCut(int kept) {
        return !isCut() && resultTurns() > kept;
    }

    /** The same with all but the last {@code kept} results cut to a marker. */
    Transcript cut(int kept) {
        return new Transcript(format, opening, turns, kept);
    }

    /** The prompt for the next answer. */
    Prompt prompt() {
        var out = new StringBuilder();
        long toCut = isCut() ? resultTurns() - keptResults : 0;
        for (var turn : turns) {
            out.append(
                    switch (turn) {
                        case Turn.Answer answer -> format.answer(answer.text());
                        case Turn.Results results -> format.results(toCut-- > 0 ? List.of(CUT) : results.results());
                        case Turn.Corrected corrected ->
                            format.correction(corrected.correction().text());
                    });
        }
        return opening.with(out.toString());
    }

    private long resultTurns() {
        return turns.stream().filter(Turn.Results.class::isInstance).count();
    }
}
