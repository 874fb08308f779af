/** How nights, tasks and generations end: the named outcomes, which everybody who reads or writes a journal shares. */
@NullMarked
package pantheon.night.outcome;

import org.jspecify.annotations.NullMarked;
