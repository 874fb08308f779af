/** How llama.cpp's server and vLLM are asked for completions, and what their answers say. */
@NullMarked
package pantheon.night.engine.server.protocol;

import org.jspecify.annotations.NullMarked;
