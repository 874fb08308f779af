/** What keeps this process from calling out: its own confinement by the kernel. */
@NullMarked
package pantheon.night.local;

import org.jspecify.annotations.NullMarked;
