package pantheon.night.grammar.export;

import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.language.text.ByteTable;

/** How an engine's language takes the regular languages at the ends of a grammar. */
interface Words {
    /** What is let go where an automaton would be too large. */
    String LENGTH_LET_GO = "bounds of its length beside its pattern are not held";

    /**
     * Asks that values of a set can stand at one place.
     *
     * @throws pantheon.night.grammar.export.tree.NotHeld where there are too many kinds of them
     */
    default void require(ValueSet values) {
        // Rules over characters bear any number of kinds.
    }

    /** A number, a literal, or a value of an {@code enum}. */
    Part text(ByteTable texts);

    /**
     * Values among which are strings without quotes, and what ends them; null where nothing special is to be done.
     *
     * @throws pantheon.night.grammar.export.tree.NotHeld where the others cannot be told from these strings
     */
    default @Nullable Part bare(ValueSet values, Part.Text behind) {
        return null;
    }

    /** A string with its quotes. */
    Part string(StringShape string);

    /** A key with its quotes that is none of the object's known ones. */
    Part key(Others others, ObjectShape object);
}
