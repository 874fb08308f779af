/** The walk through what waits for a person, task by task. */
@NullMarked
package pantheon.night.cli.morning.walk;

import org.jspecify.annotations.NullMarked;
