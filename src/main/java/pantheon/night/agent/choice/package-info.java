/** What a model chose of the values that it was offered, where they stand in its turn, and how sure it was. */
@NullMarked
package pantheon.night.agent.choice;

import org.jspecify.annotations.NullMarked;
