/** What people or programs said of a task's work, and how far two of them agree. */
@NullMarked
package pantheon.night.review;

import org.jspecify.annotations.NullMarked;
