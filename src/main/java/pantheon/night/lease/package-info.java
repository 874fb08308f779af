/** One owner of a shard at a time, on any machine: a lease that is renewed, and what an owner may write while it has it. */
@NullMarked
package pantheon.night.lease;

import org.jspecify.annotations.NullMarked;
