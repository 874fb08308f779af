/** Agents put together from their files, the finite-state tool loop, and its bounds. */
@NullMarked
package pantheon.night.agent;

import org.jspecify.annotations.NullMarked;
