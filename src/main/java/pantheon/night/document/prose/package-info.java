/** The running text of pages, the words in it, and what is said of a page in one phrase. */
@NullMarked
package pantheon.night.document.prose;

import org.jspecify.annotations.NullMarked;
