/** What a person or a program reads while a command runs: lines, JSON, the state of the night. */
@NullMarked
package pantheon.night.cli.console;

import org.jspecify.annotations.NullMarked;
