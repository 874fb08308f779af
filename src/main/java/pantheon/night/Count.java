package pantheon.night;

/** How many of something: {@code 1 task}, {@code 2 tasks}. */
public final class Count {
    private Count() {}

    /** A number and its noun, in the plural unless it is one. The noun is given in the singular; its plural takes an s. */
    public static String of(long count, String noun) {
        return count + " " + noun(count, noun);
    }

    /** The noun alone, as it stands behind such a number. */
    public static String noun(long count, String noun) {
        return count == 1 ? noun : noun + "s";
    }
}
