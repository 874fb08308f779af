package pantheon.night.grammar.token;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A token that a tokenizer finds as a whole before it cuts a text.
 *
 * @param id not negative
 * @param text not empty
 * @param isSpecial whether the tokenizer's file says that it is no text
 */
record AddedToken(int id, String text, boolean isSpecial) {
    AddedToken {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("has an added token without a text, id " + id);
        }
    }

    /** Those of a {@code tokenizer.json}, in its order. */
    static List<AddedToken> all(JsonNode tokenizer) {
        var all = new ArrayList<AddedToken>();
        for (var token : tokenizer.path("added_tokens")) {
            var text = token.path("content").asString("");
            all.add(new AddedToken(
                    Vocabulary.id(text, token.path("id")),
                    text,
                    token.path("special").asBoolean(false)));
        }
        return all;
    }

    /**
     * Whether it structures conversations, so that no text may become it: a special one, and a name between marks as
     * {@code <tool_call>} is. Others are pieces of text that the merges would not find, as runs of spaces are.
     */
    boolean isControl() {
        return isSpecial || isNameBetweenMarks();
    }

    private boolean isNameBetweenMarks() {
        return isMark(text.codePointAt(0))
                && isMark(text.codePointBefore(text.length()))
                && text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static boolean isMark(int c) {
        return !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
    }
}
