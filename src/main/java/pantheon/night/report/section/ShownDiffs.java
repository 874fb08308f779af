package pantheon.night.report.section;

import java.util.List;
import java.util.Optional;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Diff;
import pantheon.night.report.page.Tone;

/**
 * Diffs on a page, as far as there is room: each gets {@value #ONE_DIFF} characters, and all together what they are given.
 * What does not fit is said where it is cut, with where to find it.
 */
final class ShownDiffs {
    private static final int ONE_DIFF = 12_000;
    /** What a line costs beside its characters. */
    private static final int LINE = 28;
    /** A diff of which no more than its head would fit is left out. */
    private static final int HEAD = 8;

    private int room;
    private int cut;

    /** @param room characters of all of them */
    ShownDiffs(int room) {
        this.room = room;
    }

    /** Lines added and removed, for example {@code +3 −2, }. */
    static String size(String patch) {
        long added = patch.lines()
                .filter(line -> line.startsWith("+") && !line.startsWith("+++ "))
                .count();
        long removed = patch.lines()
                .filter(line -> line.startsWith("-") && !line.startsWith("--- "))
                .count();
        return "+%s −%s, ".formatted(Amount.of(added), Amount.of(removed));
    }

    /** A diff, or as much of it as there is room for. */
    List<Block> show(String patch) {
        var lines = patch.lines().toList();
        int most = Math.min(ONE_DIFF, room);
        int shown = 0;
        int size = 0;
        while (shown < lines.size() && size + lines.get(shown).length() + LINE <= most) {
            size += lines.get(shown++).length() + LINE;
        }
        if (shown == lines.size()) {
            room -= size;
            return List.of(new Diff(patch));
        }
        cut++;
        if (shown <= HEAD) {
            return List.of(Block.note(
                    Tone.WARN,
                    "Its diff of %s is left out here; see diff.patch.".formatted(Amount.of(lines.size(), "line"))));
        }
        room -= size;
        return List.of(
                new Diff(String.join("\n", lines.subList(0, shown))),
                Block.note(
                        Tone.WARN,
                        "Cut after %s of %s; see diff.patch for the rest."
                                .formatted(Amount.of(shown), Amount.of(lines.size(), "line"))));
    }

    /** How many were cut, empty where none was. */
    Optional<Block> note() {
        return cut == 0
                ? Optional.empty()
                : Optional.of(Block.note(
                        Tone.WARN,
                        "%s not shown in whole, so that this page stays small; where one is cut, the rest is in its artifact."
                                .formatted(Amount.of(cut, "diff") + (cut == 1 ? " is" : " are"))));
    }
}
