/** The journal: every step of a night as one line of JSON, chained by hashes; the only truth about what happened. */
@NullMarked
package pantheon.night.journal;

import org.jspecify.annotations.NullMarked;
