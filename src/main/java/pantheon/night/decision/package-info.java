/** What people decided of the tasks' work: a journal of its own, signed where there is a key. */
@NullMarked
package pantheon.night.decision;

import org.jspecify.annotations.NullMarked;
