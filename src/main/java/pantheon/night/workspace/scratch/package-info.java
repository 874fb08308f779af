/** Scratch checkouts of one commit: made, given to a task, scanned for what it changed, and restored. */
@NullMarked
package pantheon.night.workspace.scratch;

import org.jspecify.annotations.NullMarked;
