/** The command line: one command a file, and the wiring of what it needs. */
@NullMarked
package pantheon.night.cli;

import org.jspecify.annotations.NullMarked;
