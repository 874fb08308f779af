package pantheon.night.training.secrets;

/**
 * A part that many texts have in common. It is searched once, by itself; in each text that holds it only those places are
 * looked at again at which what stands around it may decide.
 */
public final class Passage {
    private final String text;
    private final int[] found;
    private final int[] open;

    /**
     * @param found the numbers of the patterns that match in it, whatever stands around it
     * @param open the other places at which one may match, ascending
     */
    Passage(String text, int[] found, int[] open) {
        this.text = text;
        this.found = found;
        this.open = open;
    }

    int[] found() {
        return found;
    }

    int[] open() {
        return open;
    }

    public int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
