package pantheon.night.workspace.files;

import java.util.List;

/**
 * The files under a directory of a scratch checkout.
 *
 * @param paths relative to the workspace, in ascending order
 * @param complete false where the limit cut the list
 */
public record Listing(List<String> paths, boolean complete) {
    public Listing {
        paths = List.copyOf(paths);
    }
}
