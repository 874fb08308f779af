/** How command lines are written, and what is said of one that is wrong. */
@NullMarked
package pantheon.night.cli.help;

import org.jspecify.annotations.NullMarked;
