/** This process as the kernel knows it: how it confines itself, its clock, its word to the service manager, its end. */
@NullMarked
package pantheon.night.local;

import org.jspecify.annotations.NullMarked;
