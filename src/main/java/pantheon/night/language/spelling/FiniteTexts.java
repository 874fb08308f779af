package pantheon.night.language.spelling;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.language.text.ByteTable;

/** The texts of a finite language, one by one. */
public final class FiniteTexts {
    private final ByteTable table;
    private final List<String> found = new ArrayList<>();
    private final byte[] path;

    private FiniteTexts(ByteTable table) {
        this.table = table;
        path = new byte[table.size()];
    }

    /**
     * The texts in the order of their bytes.
     *
     * @param table without a way back to where it has been
     */
    public static List<String> of(ByteTable table) {
        var texts = new FiniteTexts(table);
        if (!table.isEmpty()) {
            texts.from(table.start(), 0);
        }
        return texts.found;
    }

    private void from(int state, int length) {
        if (table.accepts(state)) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(path, 0, length);
            found.add(bytes.toString(StandardCharsets.UTF_8));
        }
        for (int b = 0; b < 256; b++) {
            int next = table.step(state, b);
            if (next != ByteTable.DEAD) {
                path[length] = (byte) b;
                from(next, length + 1);
            }
        }
    }
}
