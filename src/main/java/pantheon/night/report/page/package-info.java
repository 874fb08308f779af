/** A page of sections, tables and charts, written as one offline HTML file or as Markdown; all text is escaped. */
@NullMarked
package pantheon.night.report.page;

import org.jspecify.annotations.NullMarked;
