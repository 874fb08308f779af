package pantheon.night.workspace.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.junit.jupiter.api.Test;

final class LineDiffTest {
    private static final String BEFORE = "same\na\nkept\nb\nsame\n";
    private static final String AFTER = "same\nA\nkept\nB\nsame\n";

    private static List<Edit> diff(long mostPairs) {
        return new LineDiff(mostPairs).diff(RawTextComparator.DEFAULT, text(BEFORE), text(AFTER));
    }

    private static RawText text(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void within_its_bound_each_change_is_one_of_its_own() {
        assertEquals(List.of(new Edit(1, 2, 1, 2), new Edit(3, 4, 3, 4)), diff(9));
    }

    @Test
    void beyond_it_all_between_the_first_change_and_the_last_is_one() {
        assertEquals(List.of(new Edit(1, 4, 1, 4)), diff(8));
    }
}
