package pantheon.night.lease;

import java.nio.file.Path;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;

/** What a night may rely on while it runs: that nobody else goes on with it elsewhere. */
public interface Hold extends AutoCloseable {
    /**
     * Makes sure, now, that it is still this process's; before what cannot be taken back.
     *
     * @throws NightException with exit code 75 where another process has taken it, 74 where that cannot be told
     */
    void require();

    /**
     * The disk of this machine, on which nothing is written any more once another process has taken it.
     *
     * @param journals the folder of the journals
     */
    Disk disk(Path journals);

    /**
     * Where to make checkouts, so that no earlier owner writes in them.
     *
     * @param folder holds the checkouts of all
     */
    Path checkouts(Path folder);

    /** Its owner's number: higher than those of all before it. */
    long owner();

    /** Whether it was taken from an owner that did not give it back. */
    boolean isTakenOver();

    /** Why something failed: that another process has taken it, where one did, since this one's files go then. */
    NightException reason(NightException failure);

    /** Whether another process has taken it, as far as this one has noticed. */
    boolean isLost();

    /** Gives it back. */
    @Override
    void close();

    /** That of a machine's own night, which the kernel's lock alone guards. */
    static Hold ofThisMachine() {
        return new Hold() {
            @Override
            public void require() {}

            @Override
            public Disk disk(Path journals) {
                return Disk.local();
            }

            @Override
            public Path checkouts(Path folder) {
                return folder;
            }

            @Override
            public long owner() {
                return 0;
            }

            @Override
            public boolean isTakenOver() {
                return false;
            }

            @Override
            public NightException reason(NightException failure) {
                return failure;
            }

            @Override
            public boolean isLost() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
