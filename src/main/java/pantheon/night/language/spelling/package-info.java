/** Texts of values outside of JSON: bare strings, other quotes, Python's words. */
@NullMarked
package pantheon.night.language.spelling;

import org.jspecify.annotations.NullMarked;
