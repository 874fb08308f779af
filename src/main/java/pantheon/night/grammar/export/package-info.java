/** Compiled grammars, written in the languages of other engines' grammars. */
@NullMarked
package pantheon.night.grammar.export;

import org.jspecify.annotations.NullMarked;
