/** Regular languages of texts: formats, numbers, and how they are written inside JSON. */
@NullMarked
package pantheon.night.language.text;

import org.jspecify.annotations.NullMarked;
