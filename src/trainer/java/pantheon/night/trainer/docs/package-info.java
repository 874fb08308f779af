/** Generated Markdown documents, as varied as those of real sites: what the embedded model learns from. */
@NullMarked
package pantheon.night.trainer.docs;

import org.jspecify.annotations.NullMarked;
