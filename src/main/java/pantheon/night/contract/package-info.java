/** Compiled JSON Schemas, JSON as this program reads and writes it, and violations as readable text. */
@NullMarked
package pantheon.night.contract;

import org.jspecify.annotations.NullMarked;
