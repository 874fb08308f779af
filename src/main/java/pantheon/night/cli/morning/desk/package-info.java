/** What the commands of the morning share: a task looked at, told, decided of, done again. */
@NullMarked
package pantheon.night.cli.morning.desk;

import org.jspecify.annotations.NullMarked;
