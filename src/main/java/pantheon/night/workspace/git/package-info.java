/** What is read from the repository and written to it: trees, diffs, and commits on the night's branch. */
@NullMarked
package pantheon.night.workspace.git;

import org.jspecify.annotations.NullMarked;
