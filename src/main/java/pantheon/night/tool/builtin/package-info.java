/** The tools that ship with the program, each on a task's files alone. */
@NullMarked
package pantheon.night.tool.builtin;

import org.jspecify.annotations.NullMarked;
