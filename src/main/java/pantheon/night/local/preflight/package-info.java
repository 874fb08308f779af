/** The evidence, looked at before a night and again during it, that this process reaches no network. */
@NullMarked
package pantheon.night.local.preflight;

import org.jspecify.annotations.NullMarked;
