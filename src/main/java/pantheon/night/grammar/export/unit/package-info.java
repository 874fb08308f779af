/** Languages of strings by characters as they are written, escapes included: automata, patterns, and parts made of them. */
@NullMarked
package pantheon.night.grammar.export.unit;

import org.jspecify.annotations.NullMarked;
