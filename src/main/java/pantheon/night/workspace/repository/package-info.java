/** What kind of repository lies at a path: where its parts are, its format, whose it is, and which modes it wants. */
@NullMarked
package pantheon.night.workspace.repository;

import org.jspecify.annotations.NullMarked;
