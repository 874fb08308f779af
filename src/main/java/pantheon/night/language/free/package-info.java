/** Groups of characters, and which of them can follow one another whatever they are. */
@NullMarked
package pantheon.night.language.free;

import org.jspecify.annotations.NullMarked;
