/** Programs of the system, each run confined and ended with all that it left. */
@NullMarked
package pantheon.night.local.child;

import org.jspecify.annotations.NullMarked;
