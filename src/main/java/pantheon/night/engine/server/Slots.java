package pantheon.night.engine.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which of a server's slots has the beginning of which prompts in its cache: a conversation keeps the one that it took. */
final class Slots {
    /** None in particular. */
    static final int ANY = -1;

    /** No prompt begins so. */
    private static final String UNUSED = "\0";

    private final List<String> prefixes = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private boolean shared;

    Slots(int count) {
        for (int slot = 0; slot < count; slot++) {
            prefixes.add(UNUSED);
            free.addLast(slot);
        }
    }

    /** A free slot, of those that have this beginning the one that was left last, where there is one, else the one that was left longest ago. */
    synchronized int take(String prefix) {
        if (free.isEmpty()) {
            return ANY;
        }
        int slot = free.reversed().stream()
                .filter(one -> prefixes.get(one).equals(prefix))
                .findFirst()
                .orElseGet(free::getFirst);
        free.remove((Integer) slot);
        prefixes.set(slot, prefix);
        return slot;
    }

    /** Says whether others use the server too. */
    synchronized void share(boolean withOthers) {
        shared = withOthers;
    }

    /**
     * The slot to ask for by one that was taken: none in particular while others use the server. A request for a slot that is
     * busy waits for it though others are free; without one it gets the free one that knows most of its prompt.
     */
    synchronized int asked(int slot) {
        return shared ? ANY : slot;
    }

    synchronized void leave(int slot) {
        if (slot != ANY) {
            free.addLast(slot);
        }
    }
}
