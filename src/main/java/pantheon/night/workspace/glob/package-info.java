/** Patterns for the paths of a workspace, as git and shells have them, matched in a time by their length. */
@NullMarked
package pantheon.night.workspace.glob;

import org.jspecify.annotations.NullMarked;
