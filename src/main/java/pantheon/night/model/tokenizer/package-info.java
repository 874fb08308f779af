/** Tokenizers as other programs keep them, written as Hugging Face's library reads them, and compared. */
@NullMarked
package pantheon.night.model.tokenizer;

import org.jspecify.annotations.NullMarked;
