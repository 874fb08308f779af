package pantheon.night.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a task has come across: digests of the results that its tools gave, and of the states in which it left the files.
 * A step that brings nothing of either is idle, so one that reads makes progress as one that writes does, and one that
 * turns in circles does not, however its calls differ.
 *
 * @param idle how many steps in a row have brought nothing
 */
public record Novelty(Set<String> seen, int idle) {
    static final Novelty NONE = new Novelty(Set.of(), 0);

    public Novelty {
        seen = Set.copyOf(seen);
    }

    /** After a step that brought these. */
    Novelty after(Collection<String> digests) {
        var all = new HashSet<>(seen);
        boolean isNew = all.addAll(digests);
        return new Novelty(all, isNew ? 0 : idle + 1);
    }
}
