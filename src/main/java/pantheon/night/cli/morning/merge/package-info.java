/** What people accepted, put on a branch of theirs. */
@NullMarked
package pantheon.night.cli.morning.merge;

import org.jspecify.annotations.NullMarked;
