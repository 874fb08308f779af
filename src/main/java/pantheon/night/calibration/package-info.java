/** How sure a model was of its choices against how often they were right: from past nights, or from a file of truths. */
@NullMarked
package pantheon.night.calibration;

import org.jspecify.annotations.NullMarked;
