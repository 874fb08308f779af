/** What earlier nights teach: their tasks, machines and forecasts, and the rates folded from them. */
@NullMarked
package pantheon.night.sizing.past;

import org.jspecify.annotations.NullMarked;
