/** Compiled JSON Schemas, JSON as this program reads and writes it, violations as readable text, and tool cards. */
@NullMarked
package pantheon.night.contract;

import org.jspecify.annotations.NullMarked;
