/** Models from elsewhere, brought into a folder of ours. */
@NullMarked
package pantheon.night.model.importing;

import org.jspecify.annotations.NullMarked;
