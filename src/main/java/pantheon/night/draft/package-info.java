/** A JSON Schema as it is written: its subschemas, where references lead, and what each draft has. */
@NullMarked
package pantheon.night.draft;

import org.jspecify.annotations.NullMarked;
