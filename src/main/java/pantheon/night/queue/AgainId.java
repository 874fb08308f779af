package pantheon.night.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The id of a task that was done before: ids are unique for good, so it is the old one with how many times it was. */
final class AgainId {
    private static final Pattern AGAIN = Pattern.compile("-again-[0-9]+$");

    /** As long as an id may be, less {@code -again-} and what may follow. */
    private static final int LONGEST = 128 - 16;

    private AgainId() {}

    /** The first id after some other that nobody has. */
    static String after(String id, Predicate<String> taken) {
        int times = 2;
        while (taken.test(again(id, times))) {
            times++;
        }
        return again(id, times);
    }

    /** A task's id and those under which it was queued again, in their order. */
    static List<String> all(String id, Predicate<String> known) {
        var ids = new ArrayList<>(List.of(id));
        for (int times = 2; known.test(again(id, times)); times++) {
            ids.add(again(id, times));
        }
        return ids;
    }

    private static String again(String id, int times) {
        var first = AGAIN.matcher(id).replaceFirst("");
        var words = first.substring(0, Math.min(LONGEST, first.length()));
        return "%s-again-%d".formatted(words, times);
    }
}
