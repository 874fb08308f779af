/** ONNX graphs as they are written: nodes, constants, and the file that holds the constants' numbers. */
@NullMarked
package pantheon.night.model.graph;

import org.jspecify.annotations.NullMarked;
