/** The queue: its files read and checked line by line, and the order in which its tasks are done. */
@NullMarked
package pantheon.night.queue;

import org.jspecify.annotations.NullMarked;
