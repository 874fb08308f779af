/** The thick prompt: its sections, the chat template's bytes, and the template hash. */
@NullMarked
package pantheon.night.prompt;

import org.jspecify.annotations.NullMarked;
