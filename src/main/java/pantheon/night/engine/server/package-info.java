/** Models that a server on this machine runs, asked over its Unix socket: what it claims is tried before it is used, and what it answers is never trusted. */
@NullMarked
package pantheon.night.engine.server;

import org.jspecify.annotations.NullMarked;
