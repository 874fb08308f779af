/** The night's systemd unit as it is installed, and commands that are run as it runs the night. */
@NullMarked
package pantheon.night.cli.unit;

import org.jspecify.annotations.NullMarked;
