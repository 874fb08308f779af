/** The byte machine: a stack of frames, each of which knows what may come next in one kind of value. */
@NullMarked
package pantheon.night.grammar.machine;

import org.jspecify.annotations.NullMarked;
