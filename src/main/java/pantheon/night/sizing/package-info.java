/**
 * How a night will go, before it begins: rates folded from earlier journals, the makespan of a frozen queue simulated,
 * the yield, and how earlier forecasts did.
 *
 * <p>Pure arithmetic over what is handed in; {@code docs/sizing.md} has the mathematics.
 */
@NullMarked
package pantheon.night.sizing;

import org.jspecify.annotations.NullMarked;
