/** OpenVINO's C library, called through java.lang.foreign. */
@NullMarked
package pantheon.night.engine.openvino.library;

import org.jspecify.annotations.NullMarked;
