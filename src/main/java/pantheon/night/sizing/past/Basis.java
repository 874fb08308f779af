package pantheon.night.sizing.past;

/** Where rates are from. */
public enum Basis {
    OWN("seen"),
    OTHER_MACHINE("seen on another machine"),
    OTHER_VERSION("seen of another version"),
    OTHER_MODEL("seen with another model"),
    BENCH("computed from the model's measured speed"),
    ASSUMED("assumed");

    private final String words;

    Basis(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether nights of its own, or of a near relative, tell the rates. */
    public boolean isSeen() {
        return this != BENCH && this != ASSUMED;
    }

    boolean takes(Specialist wanted, Specialist seen) {
        boolean agent = wanted.agent().equals(seen.agent());
        boolean version = wanted.version().equals(seen.version());
        boolean model = wanted.model().isEmpty() || wanted.model().equals(seen.model());
        return switch (this) {
            case OWN -> agent && version && model && wanted.machine().isLike(seen.machine());
            case OTHER_MACHINE -> agent && version && model;
            case OTHER_VERSION -> agent && model;
            case OTHER_MODEL -> agent;
            case BENCH, ASSUMED -> false;
        };
    }
}
