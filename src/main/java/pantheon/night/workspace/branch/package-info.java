/** The branch of a night: one commit after the other at its end, each merged with what the branch gained meanwhile. */
@NullMarked
package pantheon.night.workspace.branch;

import org.jspecify.annotations.NullMarked;
