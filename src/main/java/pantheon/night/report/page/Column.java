package pantheon.night.report.page;

/** A column of a table. */
public record Column(String name, boolean numeric) {
    public static Column of(String name) {
        return new Column(name, false);
    }

    public static Column number(String name) {
        return new Column(name, true);
    }
}
