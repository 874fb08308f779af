/** The commands for a night that runs: how it goes, and what it is to do from now on. */
@NullMarked
package pantheon.night.cli.running;

import org.jspecify.annotations.NullMarked;
