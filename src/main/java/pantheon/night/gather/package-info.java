/** A night that was done in shards, gathered: each shard's journal verified, their work put on one branch, and all of it written down. */
@NullMarked
package pantheon.night.gather;

import org.jspecify.annotations.NullMarked;
