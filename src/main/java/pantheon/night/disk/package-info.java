/** Files as a night writes them: the operations on a disk that tests can stand in for, and whole folders. */
@NullMarked
package pantheon.night.disk;

import org.jspecify.annotations.NullMarked;
