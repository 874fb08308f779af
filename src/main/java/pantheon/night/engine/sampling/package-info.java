/** Tokens picked from logits: the likeliest, what a grammar allows, or those that are given. */
@NullMarked
package pantheon.night.engine.sampling;

import org.jspecify.annotations.NullMarked;
