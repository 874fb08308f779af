/** A grammar as a tree in no engine's language, and how the languages of engines spell it. */
@NullMarked
package pantheon.night.grammar.export.tree;

import org.jspecify.annotations.NullMarked;
