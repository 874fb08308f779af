/** The ways to fit subschemas together: a branch is one of them, and an option is a step from one branch to the next. */
@NullMarked
package pantheon.night.grammar.schema.branch;

import org.jspecify.annotations.NullMarked;
