/** JSON Schemas as sets of values: combined, decided, and brought into a form that a byte machine can walk. */
@NullMarked
package pantheon.night.grammar.schema;

import org.jspecify.annotations.NullMarked;
