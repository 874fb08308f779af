/** What keeps this process from calling out, its own confinement by the kernel; and its word to the service manager. */
@NullMarked
package pantheon.night.local;

import org.jspecify.annotations.NullMarked;
