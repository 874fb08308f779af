/** The dry run: what is known of a night beforehand, put together and told. */
@NullMarked
package pantheon.night.cli.dryrun;

import org.jspecify.annotations.NullMarked;
