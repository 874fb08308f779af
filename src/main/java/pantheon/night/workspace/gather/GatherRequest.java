package pantheon.night.workspace.gather;

import java.time.Instant;
import java.util.List;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;

/**
 * The work of several nights that is to be put on one branch.
 *
 * @param start the commit that the branch begins at
 * @param parts the nights, in the order in which they are merged
 * @param author of the merges
 * @param time of the merges, so that whoever makes them again makes the same
 * @param message of the merges
 */
public record GatherRequest(
        NightBranch branch, String start, List<GatheredPart> parts, Identity author, Instant time, String message) {
    public GatherRequest {
        parts = List.copyOf(parts);
    }
}
