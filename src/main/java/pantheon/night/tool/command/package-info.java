/** Command tools: programs of the system behind the interface of tools, each run confined. */
@NullMarked
package pantheon.night.tool.command;

import org.jspecify.annotations.NullMarked;
