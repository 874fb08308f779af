/** Regular expressions of ECMA-262: read once, held as an automaton, and found in a text, in time by its length. */
@NullMarked
package pantheon.night.language.pattern;

import org.jspecify.annotations.NullMarked;
