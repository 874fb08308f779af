/** The command line: one command a file. */
@NullMarked
package pantheon.night.cli;

import org.jspecify.annotations.NullMarked;
