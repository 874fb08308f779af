package pantheon.night.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import pantheon.night.KeptOrder;
import pantheon.night.contract.Sha256;

/**
 * What a task has come across: digests of the results that its tools gave, and of the states in which it left the files.
 * A step that brings nothing of either is idle, so one that reads makes progress as one that writes does, and one that
 * turns in circles does not, however its calls differ.
 *
 * @param files the digest of the changes as the last calls left them; a task begins on a clean checkout
 * @param idle how many steps in a row have brought nothing
 */
public record Novelty(Set<String> seen, String files, int idle) {
    static final Novelty NONE = new Novelty(Set.of(), Sha256.hex(""), 0);

    public Novelty {
        seen = KeptOrder.set(seen);
    }

    /** After a step that brought these results, and left the files so. */
    Novelty after(Collection<String> results, String filesNow) {
        var all = new HashSet<>(seen);
        boolean isNew = all.addAll(results);
        isNew |= all.add(filesNow);
        return new Novelty(all, filesNow, isNew ? 0 : idle + 1);
    }
}
