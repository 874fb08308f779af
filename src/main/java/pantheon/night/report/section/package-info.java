/** The sections of the page, each from the same source. */
@NullMarked
package pantheon.night.report.section;

import org.jspecify.annotations.NullMarked;
