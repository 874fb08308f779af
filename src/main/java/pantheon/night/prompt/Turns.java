package pantheon.night.prompt;

import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.contract.Json;

/**
 * How turns are framed: {@code start ROLE behindRole CONTENT end behindEnd}.
 *
 * @param first what stands before the first turn, possibly nothing
 * @param end the text of the control token that ends a turn
 * @param beforeAnswer what stands in an answer's turn before what the model writes
 * @param results how the results of tools are written
 * @param corrections whether what a broken reply is told is a user's turn, or a result
 */
record Turns(
        String first,
        String start,
        String behindRole,
        String end,
        String behindEnd,
        String beforeAnswer,
        Results results,
        Corrections corrections) {
    static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    /**
     * How results are written.
     *
     * @param together whether all of one answer's share a turn
     * @param behind what stands behind a result; in a shared turn each begins on a line of its own
     * @param closing what else stands behind the last one of a shared turn
     * @param isQuoted whether a result is written as a string of JSON
     */
    record Results(String role, boolean together, String before, String behind, String closing, boolean isQuoted) {
        Results(String role, boolean together, String before, String behind, String closing) {
            this(role, together, before, behind, closing, false);
        }

        /** What stands between two in a shared turn: a line end, unless each begins with one. */
        String between() {
            return before.startsWith("\n") ? "" : "\n";
        }

        private String written(String text) {
            return before + (isQuoted ? Json.quote(text) : text) + behind;
        }

        /** A result without what stands around it. */
        String read(String written) {
            return isQuoted ? Json.parse(written).stringValue() : written;
        }
    }

    /** As what a correction is written. */
    enum Corrections {
        USER,
        /** Where a user's turn would be a new query, and the template would write earlier answers anew. */
        RESULT
    }

    String opened(String role) {
        return start + role + behindRole;
    }

    String turn(String role, String content) {
        return opened(role) + content + end + behindEnd;
    }

    /** What stands behind an answer. */
    String behindAnswer() {
        return end + behindEnd;
    }

    /** An answer's turn up to where the model writes. */
    String answerOpened() {
        return opened(ASSISTANT) + beforeAnswer;
    }

    String results(List<String> texts) {
        if (!results.together()) {
            return texts.stream()
                    .map(text -> turn(results.role(), results.written(text)))
                    .collect(Collectors.joining());
        }
        var all = texts.stream().map(results::written).collect(Collectors.joining(results.between()));
        return turn(results.role(), all + results.closing());
    }
}
