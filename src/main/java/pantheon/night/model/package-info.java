/** A model as it lies in a folder: its files, their manifest, and its tokenizer, which is DJL's. */
@NullMarked
package pantheon.night.model;

import org.jspecify.annotations.NullMarked;
