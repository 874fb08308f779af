/**
 * What can be shown of a night afterwards: claims signed as it went, and all that holds journal, artifacts and commits
 * against each other.
 */
@NullMarked
package pantheon.night.proof;

import org.jspecify.annotations.NullMarked;
