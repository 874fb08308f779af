/** Local models: the interface, and what a generation is. */
@NullMarked
package pantheon.night.engine;

import org.jspecify.annotations.NullMarked;
