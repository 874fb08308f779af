/** What a person looks at in the morning: the nights, and what became of one task. */
@NullMarked
package pantheon.night.morning;

import org.jspecify.annotations.NullMarked;
