/** Options that several commands take. */
@NullMarked
package pantheon.night.cli.option;

import org.jspecify.annotations.NullMarked;
