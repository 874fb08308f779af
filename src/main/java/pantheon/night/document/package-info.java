/** Markdown documents as tools change them and checks judge them: front matter, headings, lines, slugs. */
@NullMarked
package pantheon.night.document;

import org.jspecify.annotations.NullMarked;
