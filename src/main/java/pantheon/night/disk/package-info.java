/** Files as a night reads and writes them: regular ones within bounds, the operations on a disk that tests can stand in for, and whole folders. */
@NullMarked
package pantheon.night.disk;

import org.jspecify.annotations.NullMarked;
