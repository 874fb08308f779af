/** Agents that stopped since their last tasks all ended alike, and the word that they go on. */
@NullMarked
package pantheon.night.cli.held;

import org.jspecify.annotations.NullMarked;
