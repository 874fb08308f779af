/** Acceptance checks: deterministic, on what a task left in its files; they alone decide what is committed. */
@NullMarked
package pantheon.night.acceptance;

import org.jspecify.annotations.NullMarked;
