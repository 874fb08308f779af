/** OpenVINO's intermediate representation of a model, read for what stands in it. */
@NullMarked
package pantheon.night.model.ir;

import org.jspecify.annotations.NullMarked;
