/** The nights before this one: what they did and left undone, how long their tasks took, and how long they are kept. */
@NullMarked
package pantheon.night.past;

import org.jspecify.annotations.NullMarked;
