package pantheon.night.batch;

import pantheon.night.workspace.scratch.Scratch;

/** Where a night's tasks are done, one after the other: a checkout, and another one where it cannot be gone on with. */
final class Slot {
    private Scratch scratch;

    Slot(Scratch scratch) {
        this.scratch = scratch;
    }

    /** The checkout as its base commit is, for the next task. */
    Scratch clean() {
        scratch = scratch.next();
        return scratch;
    }

    /** A tool that could not be ended may write in the checkout at any time. */
    void abandon() {
        scratch = scratch.elsewhere();
    }
}
