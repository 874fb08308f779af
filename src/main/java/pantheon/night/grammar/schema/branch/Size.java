package pantheon.night.grammar.schema.branch;

/** What is counted of a value: a string's characters, an array's items, an object's properties. */
public enum Size {
    LENGTH("Length", Branch.STRING),
    ITEMS("Items", Branch.ARRAY),
    PROPERTIES("Properties", Branch.OBJECT);

    private final String name;
    private final int type;

    Size(String name, int type) {
        this.name = name;
        this.type = type;
    }

    /** What the keywords end with. */
    public String inKeywords() {
        return name;
    }

    /** The {@link Branch} type that has it. */
    public int type() {
        return type;
    }

    /** Bounds a branch from below; whether anything can still fit. */
    public boolean atLeast(Branch branch, int count) {
        return switch (this) {
            case LENGTH -> branch.lengthAtLeast(count);
            case ITEMS -> branch.itemsAtLeast(count);
            case PROPERTIES -> branch.propertiesAtLeast(count);
        };
    }

    /** Bounds a branch from above; whether anything can still fit. */
    public boolean atMost(Branch branch, int count) {
        return switch (this) {
            case LENGTH -> branch.lengthAtMost(count);
            case ITEMS -> branch.itemsAtMost(count);
            case PROPERTIES -> branch.propertiesAtMost(count);
        };
    }
}
