/** What checks say of files: the parts that may differ, what differs outside of them, and foreign text in a message. */
@NullMarked
package pantheon.night.acceptance.part;

import org.jspecify.annotations.NullMarked;
