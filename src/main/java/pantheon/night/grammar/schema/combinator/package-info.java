/** The keywords that join subschemas: with all of them, one of them, or none. */
@NullMarked
package pantheon.night.grammar.schema.combinator;

import org.jspecify.annotations.NullMarked;
