/** The command that gathers a night which was done in shards. */
@NullMarked
package pantheon.night.cli.gather;

import org.jspecify.annotations.NullMarked;
