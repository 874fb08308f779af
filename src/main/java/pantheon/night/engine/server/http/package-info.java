/** HTTP/1.1 over a Unix socket: requests as a server on this machine is asked them, and replies read strictly and within bounds. */
@NullMarked
package pantheon.night.engine.server.http;

import org.jspecify.annotations.NullMarked;
