/** The program's entry, and how it fails. */
@NullMarked
package pantheon.night;

import org.jspecify.annotations.NullMarked;
