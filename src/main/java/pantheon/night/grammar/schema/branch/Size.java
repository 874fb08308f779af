package pantheon.night.grammar.schema.branch;

/** What is counted of a value: a string's characters, an array's items, an object's properties. */
public enum Size {
    LENGTH("Length", Branch.STRING, Branch::lengthAtLeast, Branch::lengthAtMost),
    ITEMS("Items", Branch.ARRAY, Branch::itemsAtLeast, Branch::itemsAtMost),
    PROPERTIES("Properties", Branch.OBJECT, Branch::propertiesAtLeast, Branch::propertiesAtMost);

    private final String name;
    private final int type;
    private final Bound atLeast;
    private final Bound atMost;

    /** A bound that is put to a branch; says whether anything can still fit. */
    private interface Bound {
        boolean put(Branch branch, int count);
    }

    Size(String name, int type, Bound atLeast, Bound atMost) {
        this.name = name;
        this.type = type;
        this.atLeast = atLeast;
        this.atMost = atMost;
    }

    /** What the keywords end with. */
    public String inKeywords() {
        return name;
    }

    /** The {@link Branch} type that has it. */
    public int type() {
        return type;
    }

    public boolean atLeast(Branch branch, int count) {
        return atLeast.put(branch, count);
    }

    public boolean atMost(Branch branch, int count) {
        return atMost.put(branch, count);
    }
}
