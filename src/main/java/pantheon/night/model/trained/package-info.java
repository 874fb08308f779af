/** A model that was trained elsewhere, compared with the one that it was made of. */
@NullMarked
package pantheon.night.model.trained;

import org.jspecify.annotations.NullMarked;
