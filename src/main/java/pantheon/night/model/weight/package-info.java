/** Rows of weights, as files have them: plain numbers, or codes in blocks with a scale each. */
@NullMarked
package pantheon.night.model.weight;

import org.jspecify.annotations.NullMarked;
