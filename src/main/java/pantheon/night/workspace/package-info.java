/**
 * The git repository that a night works on: confined scratch checkouts of one commit, what a task changed in one, and
 * one commit per accepted task on a branch of the night. Everything runs in this process: no hooks, no filters, no
 * network. The user's own branches, index and working tree are only ever read.
 */
@NullMarked
package pantheon.night.workspace;

import org.jspecify.annotations.NullMarked;
