/** How calls are written and read: as JSON, as XML, as Python. */
@NullMarked
package pantheon.night.prompt.call;

import org.jspecify.annotations.NullMarked;
