/** The tokens of a vocabulary: as a trie of their bytes, and as sets. */
@NullMarked
package pantheon.night.grammar.token;

import org.jspecify.annotations.NullMarked;
