/** What commands need, wired together from the configuration and from where the program lies. */
@NullMarked
package pantheon.night.cli.setup;

import org.jspecify.annotations.NullMarked;
