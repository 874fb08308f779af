/** From an installed program to nights on one's own repository: what is missing for that, told first and then done. */
@NullMarked
package pantheon.night.cli.install;

import org.jspecify.annotations.NullMarked;
