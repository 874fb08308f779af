/** What is read from the repository: trees, contents, diffs, and the commits of a night. */
@NullMarked
package pantheon.night.workspace.git;

import org.jspecify.annotations.NullMarked;
