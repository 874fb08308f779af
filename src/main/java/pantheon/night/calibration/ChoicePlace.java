package pantheon.night.calibration;

/** A choice that an agent leaves to its model: an argument of a tool. */
public record ChoicePlace(String tool, String argument) {
    /** As a command line names it, for example {@code set_link.target}. */
    @Override
    public String toString() {
        return tool + "." + argument;
    }
}
