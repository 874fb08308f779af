package pantheon.night.batch;

import java.nio.file.Path;
import pantheon.night.past.History;
import pantheon.night.sizing.past.Experience;

/** The nights so far, their journals read once: what they did and left, and how long it took them. */
public record Past(History history, Experience experience) {
    /**
     * Reads the journals of a folder.
     *
     * @throws pantheon.night.NightException with exit code 65 where one is broken
     */
    public static Past read(Path log) {
        var experience = new Experience();
        return new Past(History.of(log, experience::take), experience);
    }
}
