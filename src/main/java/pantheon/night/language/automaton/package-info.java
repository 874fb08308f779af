/** Languages of strings as automata: Lucene's, deterministic, without dead states, and within bounds. */
@NullMarked
package pantheon.night.language.automaton;

import org.jspecify.annotations.NullMarked;
