package pantheon.night.acceptance.part;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;

/** Lines before and behind a part that may differ. */
final class Outside {
    private Outside() {}

    /**
     * The first line that differs outside of some lines, null where none does.
     *
     * @param from the first line of what was before that may differ, from 1
     * @param to the last of them; the one before {@code from} where none may
     */
    static Region.@Nullable Difference difference(List<String> before, List<String> after, int from, int to) {
        if (from < 1 || to < from - 1 || to > before.size()) {
            return new Region.Difference(0, "there was no such line; the file had %d".formatted(before.size()));
        }
        for (int i = 0; i < from - 1; i++) {
            if (i >= after.size() || !before.get(i).equals(after.get(i))) {
                return differs(i + 1, before.get(i), i < after.size() ? after.get(i) : null);
            }
        }
        int behind = before.size() - to;
        int start = after.size() - behind;
        if (start < from - 1) {
            int gone = from - 1 - start;
            return new Region.Difference(
                    after.size(), "%s %s gone".formatted(Count.of(gone, "line"), gone == 1 ? "is" : "are"));
        }
        for (int i = 0; i < behind; i++) {
            if (!before.get(to + i).equals(after.get(start + i))) {
                return differs(start + i + 1, before.get(to + i), after.get(start + i));
            }
        }
        return null;
    }

    private static Region.Difference differs(int line, String before, @Nullable String after) {
        return new Region.Difference(
                line,
                "%s; expected %s, as before"
                        .formatted(after == null ? "is gone" : "is " + Excerpt.of(after), Excerpt.of(before)));
    }
}
