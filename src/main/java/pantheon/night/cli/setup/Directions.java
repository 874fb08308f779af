package pantheon.night.cli.setup;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.batch.direction.Direction;
import pantheon.night.batch.direction.DirectionFile;

/** Looks every second whether somebody directs the night that runs, on a thread of its own. */
public final class Directions implements AutoCloseable {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final DirectionFile file;
    private final String run;
    private final Consumer<Direction> night;
    private final Consumer<String> warn;
    private final Thread thread;
    private @Nullable String told;

    /**
     * @param night gets what it is directed to, again and again
     * @param warn is told of a file that directs nothing, once for each reason
     */
    public Directions(DirectionFile file, String run, Consumer<Direction> night, Consumer<String> warn) {
        this.file = file;
        this.run = run;
        this.night = night;
        this.warn = warn;
        this.thread = Thread.ofPlatform().daemon().name("directions").unstarted(this::look);
    }

    /** Looks from now on, at once for the first time, until this is closed. */
    public void follow() {
        once();
        thread.start();
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(OFTEN);
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void once() {
        try {
            night.accept(file.read(run));
        } catch (NightException e) {
            if (!e.getMessage().equals(told)) {
                told = e.getMessage();
                warn.accept(told);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
