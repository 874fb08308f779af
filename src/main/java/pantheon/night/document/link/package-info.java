/** Links of Markdown documents to files of their repository: found, followed by the rules of sites, and mended where they lead nowhere. */
@NullMarked
package pantheon.night.document.link;

import org.jspecify.annotations.NullMarked;
