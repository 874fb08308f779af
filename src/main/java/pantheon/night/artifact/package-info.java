/** What a task leaves beside its journal: a folder of files, and their digests. */
@NullMarked
package pantheon.night.artifact;

import org.jspecify.annotations.NullMarked;
