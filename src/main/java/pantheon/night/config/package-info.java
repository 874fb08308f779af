/** Configuration: read from YAML, checked against the schemas that ship with the program, all problems at once. */
@NullMarked
package pantheon.night.config;

import org.jspecify.annotations.NullMarked;
