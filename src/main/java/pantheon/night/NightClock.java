package pantheon.night;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The clock of a night, handed in wherever time is read: the time of day, which people and the system may set, and the
 * time that passes, which nobody can. What is written down is told by the first, how long something takes by the second.
 */
public interface NightClock extends InstantSource {
    /** How long it is since some moment, the machine's sleep included. It never goes back, however the clock is set. */
    Duration passed();

    /** The same without the machine's sleep and without the time in which the process was stopped: no task works then. */
    default Duration awake() {
        return passed();
    }
}
