/** Grammars of what a model may write, and the masks of its tokens that hold it to them. */
@NullMarked
package pantheon.night.grammar;

import org.jspecify.annotations.NullMarked;
