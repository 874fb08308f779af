/** Training data for tomorrow's specialist: what past nights did, as files that trainers load as they are. */
@NullMarked
package pantheon.night.training;

import org.jspecify.annotations.NullMarked;
