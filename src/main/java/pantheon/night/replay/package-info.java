/** A night done again from its journal, and where the two differ. */
@NullMarked
package pantheon.night.replay;

import org.jspecify.annotations.NullMarked;
