package pantheon.night.language.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The same strings in other writings than that between JSON's quotes.
 *
 * <p>Each state between characters keeps its number and what it means; only the bytes on the ways change.
 */
public final class OtherTexts {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DEAD = ByteTable.DEAD;

    private final ByteTable json;
    private final List<int[]> rows = new ArrayList<>();

    private OtherTexts(ByteTable json) {
        this.json = json;
        for (int state = 0; state < json.size(); state++) {
            rows.add(row(state));
        }
    }

    private int[] row(int state) {
        var row = new int[256];
        for (int b = 0; b < row.length; b++) {
            row[b] = json.step(state, b);
        }
        return row;
    }

    /** A language of strings between JSON's quotes, each written as it is. */
    public static ByteTable bare(ByteTable json) {
        var texts = new OtherTexts(json);
        for (int state = 0; state < json.between(); state++) {
            texts.bare(state);
        }
        return texts.table();
    }

    /** The same between single quotes, where these, backslashes and line ends are escaped, and {@code <} may be. */
    public static ByteTable singleQuoted(ByteTable json) {
        var texts = new OtherTexts(json);
        for (int state = 0; state < json.between(); state++) {
            texts.singleQuoted(state);
        }
        return texts.table();
    }

    /** The same between double quotes, without the escape of {@code /}, which Python does not know. */
    public static ByteTable doubleQuoted(ByteTable json) {
        var texts = new OtherTexts(json);
        for (int state = 0; state < json.between(); state++) {
            int escape = json.step(state, '\\');
            if (escape != DEAD) {
                texts.rows.get(escape)['/'] = DEAD;
            }
        }
        return texts.table();
    }

    private ByteTable table() {
        var accepting = new boolean[rows.size()];
        for (int state = 0; state < json.size(); state++) {
            accepting[state] = json.accepts(state);
        }
        return new PackedTable(rows, accepting, json.between());
    }

    private void bare(int state) {
        var row = rows.get(state);
        for (int c = 0; c < FIRST_PRINTABLE; c++) {
            row[c] = behind(state, c);
        }
        row['"'] = behind(state, '"');
        row['\\'] = behind(state, '\\');
    }

    private void singleQuoted(int state) {
        bare(state);
        var row = rows.get(state);
        var escape = ByteTable.deadRow();
        escape['\\'] = row['\\'];
        escape['\''] = row['\''];
        escape['n'] = row['\n'];
        escape['r'] = row['\r'];
        escape['u'] = chain("003c", row['<']);
        row['\''] = DEAD;
        row['\n'] = DEAD;
        row['\r'] = DEAD;
        row['\\'] = add(escape);
    }

    /** The state behind a character that JSON has to escape. */
    private int behind(int state, int c) {
        int escape = step(state, '\\');
        int letter = JsonText.escapeLetter(c);
        if (letter >= 0) {
            return step(escape, letter);
        }
        int at = escape;
        for (char digit : "u%04x".formatted(c).toCharArray()) {
            at = step(at, digit);
        }
        return at;
    }

    private int step(int state, int b) {
        return state == DEAD ? DEAD : json.step(state, b);
    }

    private int chain(String labels, int end) {
        int next = end;
        for (int i = labels.length() - 1; i >= 0; i--) {
            var row = ByteTable.deadRow();
            row[labels.charAt(i)] = next;
            next = add(row);
        }
        return next;
    }

    /** A new state, unless nothing leads on from it. */
    private int add(int[] row) {
        for (int next : row) {
            if (next != DEAD) {
                rows.add(row);
                return rows.size() - 1;
            }
        }
        return DEAD;
    }
}
