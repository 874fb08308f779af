/** Decoder-only models in the process, through OpenVINO's C library. */
@NullMarked
package pantheon.night.engine.openvino;

import org.jspecify.annotations.NullMarked;
