/** Regular languages of texts: patterns, formats, numbers, and how they are written inside JSON. */
@NullMarked
package pantheon.night.grammar.text;

import org.jspecify.annotations.NullMarked;
