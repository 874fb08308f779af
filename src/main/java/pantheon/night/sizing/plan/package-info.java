/** What else a plan depends on: the room on the disk, and the people who review. */
@NullMarked
package pantheon.night.sizing.plan;

import org.jspecify.annotations.NullMarked;
