package pantheon.night.workspace.gather;

import java.util.List;

/**
 * The work of one night among others.
 *
 * @param base the commit that it was begun on
 * @param commits its commits, oldest first; each follows the one before it, and the first one the base
 */
public record GatheredPart(String base, List<String> commits) {
    public GatheredPart {
        commits = List.copyOf(commits);
    }

    boolean isEmpty() {
        return commits.isEmpty();
    }
}
