/** The sections of the morning report, each made from the record of the same night. */
@NullMarked
package pantheon.night.report.section;

import org.jspecify.annotations.NullMarked;
