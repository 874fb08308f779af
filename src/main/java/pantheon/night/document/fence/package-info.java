/** Code fences of Markdown documents: found as CommonMark reads them, and their languages guessed from a repository's own. */
@NullMarked
package pantheon.night.document.fence;

import org.jspecify.annotations.NullMarked;
