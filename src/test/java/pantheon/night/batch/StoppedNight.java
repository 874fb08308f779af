package pantheon.night.batch;

import java.io.IOException;
import java.nio.file.Path;
import pantheon.night.journal.Journal;

/** A night of an agent that declines its tasks until it stops. */
public final class StoppedNight {
    private StoppedNight() {}

    /** Runs it in a folder; gives its id. */
    public static String run(Path folder) throws IOException {
        var night = SmallNight.layOut(folder, 6);
        night.alike = 3;
        night.run(SmallNight.tasks(6), SmallNight.engine(prompt -> SmallNight.call("final", "{\"status\": \"fail\"}")));
        return Journal.run(night.journal());
    }
}
