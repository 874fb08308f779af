/** The thick prompt: its sections, and how models have conversations written and read. */
@NullMarked
package pantheon.night.prompt;

import org.jspecify.annotations.NullMarked;
