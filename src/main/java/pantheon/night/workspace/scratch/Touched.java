package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.Writes;

/**
 * What of a checkout may differ from its base commit. As long as only this program's own tools write in it, that is the
 * paths they named, and nobody need look at the others. Once a command was let in it is everything, for as long as the
 * checkout is used: nothing but a look shows what a command did, and no end of it is trusted for that.
 */
final class Touched implements Writes {
    private final Recorder recorder;
    private final Set<String> paths = new TreeSet<>();
    private @Nullable CheckoutRecord record;

    /** Takes down what a checkout is like that only this program's tools have written in. */
    @FunctionalInterface
    interface Recorder {
        /**
         * Takes it down.
         *
         * @param touched the paths that are left out, since they may differ from the base commit already
         */
        CheckoutRecord record(Set<String> touched) throws IOException;
    }

    Touched(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public synchronized void at(String path) {
        paths.add(path);
    }

    @Override
    public synchronized void anywhere() {
        if (record == null) {
            try {
                record = recorder.record(paths);
            } catch (IOException e) {
                throw PathRefused.failed(e, ".");
            }
        }
    }

    /** What is to be looked at. */
    synchronized Extent extent() {
        return record == null ? Extent.of(paths) : Extent.EVERYTHING;
    }

    /** What the checkout was like before a command was let in; null where none was. */
    synchronized @Nullable CheckoutRecord record() {
        return record;
    }

    /** The checkout is as its base commit again. */
    synchronized void restored() {
        paths.clear();
    }
}
