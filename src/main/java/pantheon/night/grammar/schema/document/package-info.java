/** A JSON Schema as it is written: its subschemas, where references lead, and what is said of it that a grammar cannot hold. */
@NullMarked
package pantheon.night.grammar.schema.document;

import org.jspecify.annotations.NullMarked;
