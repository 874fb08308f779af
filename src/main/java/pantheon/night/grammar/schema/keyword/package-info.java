/** The keywords that ask something of a value by its type: what each one holds it to, and how a value breaks it. */
@NullMarked
package pantheon.night.grammar.schema.keyword;

import org.jspecify.annotations.NullMarked;
