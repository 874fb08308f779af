package pantheon.night.workspace.glob;

import java.util.function.IntPredicate;

/** A part of a pattern for paths. */
sealed interface GlobPart {
    /** One character of a kind. */
    record One(IntPredicate takes) implements GlobPart {
        static One of(int character) {
            return new One(c -> c == character);
        }
    }

    /** Any characters of one name. */
    record InName() implements GlobPart {}

    /** Any characters, slashes too. */
    record Across() implements GlobPart {}

    /** Any number of whole folders, each with its slash. */
    record Folders() implements GlobPart {}
}
