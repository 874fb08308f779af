package pantheon.night.local;

import java.util.Collection;

/**
 * What was found, and whether it is as expected.
 *
 * @param found the same words while nothing changes
 */
public record Finding(boolean holds, String found) {
    private static final int SHOWN = 12;

    /** None of what should not be there, or all of it by name. */
    public static Finding none(Collection<String> unwanted) {
        return new Finding(unwanted.isEmpty(), unwanted.isEmpty() ? "none" : names(unwanted));
    }

    /** The first names of many, without characters that a terminal or a log would obey. */
    public static String names(Collection<String> names) {
        var shown = String.join(", ", names.stream().limit(SHOWN).toList()).replaceAll("\\p{Cntrl}", "?");
        return names.size() > SHOWN ? shown + " and %d more".formatted(names.size() - SHOWN) : shown;
    }
}
