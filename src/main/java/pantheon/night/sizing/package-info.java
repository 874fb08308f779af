/**
 * How a night will go, before it begins: the makespan of a frozen queue simulated from the rates of earlier nights, and
 * the yield.
 *
 * <p>Pure arithmetic over what is handed in; {@code docs/sizing.md} has the mathematics.
 */
@NullMarked
package pantheon.night.sizing;

import org.jspecify.annotations.NullMarked;
