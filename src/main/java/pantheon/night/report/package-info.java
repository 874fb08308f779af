/** What became of a night, for a person in the morning: folds over journals, and the page that shows them. */
@NullMarked
package pantheon.night.report;

import org.jspecify.annotations.NullMarked;
