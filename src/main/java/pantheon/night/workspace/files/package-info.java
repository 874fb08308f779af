/** A task's files, reached through directory handles that follow no symbolic link, and the paths that are refused. */
@NullMarked
package pantheon.night.workspace.files;

import org.jspecify.annotations.NullMarked;
