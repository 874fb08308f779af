package pantheon.night.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pantheon.night.prompt.ChatTemplate;

/**
 * The prompt so far: the thick prompt with the task's input, then turns, appended only.
 *
 * <p>So the prompt of a step begins with the whole prompt and the answer of the step before, and its KV cache is
 * reused. Only when the context is full are the oldest tool results cut to a marker, once, by a fixed rule.
 *
 * @param opening everything up to the first answer
 * @param keptResults how many of the last results stay whole once the transcript is cut; negative while it is whole
 */
record Transcript(String opening, List<Turn> turns, int keptResults) {
    private static final String CUT = "{\"cut\": true}";

    /** One turn after the opening, ready for the prompt: control tokens stand only where the template has them. */
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

    static Transcript opening(String text) {
        return new Transcript(text, List.of(), -1);
    }

    Transcript with(Turn... more) {
        return new Transcript(
                opening, Stream.concat(turns.stream(), Stream.of(more)).toList(), keptResults);
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
        return new Transcript(opening, turns, kept);
    }

    /** The prompt for the next answer. */
    String prompt() {
        var out = new StringBuilder(opening);
        long toCut = isCut() ? resultTurns() - keptResults : 0;
        for (var turn : turns) {
            switch (turn) {
                case Turn.Answer answer ->
                    out.append(answer.text()).append(ChatTemplate.TURN_END).append('\n');
                case Turn.Results results -> {
                    boolean cut = toCut-- > 0;
                    user(results(cut ? List.of(CUT) : results.results()), out);
                }
                case Turn.Corrected corrected -> user(corrected.correction().text(), out);
            }
        }
        return out.toString();
    }

    private long resultTurns() {
        return turns.stream().filter(Turn.Results.class::isInstance).count();
    }

    private static String results(List<String> results) {
        var blocks = new ArrayList<String>();
        for (var result : results) {
            blocks.add(ChatTemplate.RESULT_OPEN + "\n" + result + "\n" + ChatTemplate.RESULT_CLOSE);
        }
        return String.join("\n", blocks);
    }

    private static void user(String content, StringBuilder out) {
        out.append(ChatTemplate.TURN_START).append("user\n").append(content);
        out.append(ChatTemplate.TURN_END).append('\n').append(ChatTemplate.GENERATION_PROMPT);
    }
}
