/** What a person does who writes an agent: a place to begin in, a file, and one task to try. */
@NullMarked
package pantheon.night.cli.agents;

import org.jspecify.annotations.NullMarked;
