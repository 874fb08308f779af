/** A night run again from its journal, without the model, and where the two differ. */
@NullMarked
package pantheon.night.replay;

import org.jspecify.annotations.NullMarked;
