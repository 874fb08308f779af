/** The commands of the morning: what the night came to, task by task. */
@NullMarked
package pantheon.night.cli.morning;

import org.jspecify.annotations.NullMarked;
