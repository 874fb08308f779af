/** What became of a night, its tasks and their turns, folded from its journal. */
@NullMarked
package pantheon.night.report.record;

import org.jspecify.annotations.NullMarked;
