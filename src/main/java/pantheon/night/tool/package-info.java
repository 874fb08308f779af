/** Tools as a model calls them, and the box that binds, validates and runs their calls. */
@NullMarked
package pantheon.night.tool;

import org.jspecify.annotations.NullMarked;
