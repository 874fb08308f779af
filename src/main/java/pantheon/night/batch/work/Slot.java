package pantheon.night.batch.work;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.scratch.Scratch;

/**
 * Where tasks are done, one after the other: a checkout, made when it is first needed, and another one where it cannot be
 * gone on with.
 */
public final class Slot {
    private final int number;
    private final Supplier<Scratch> checkout;
    private @Nullable Scratch scratch;
    private boolean abandoned;

    /** @param number from 1 */
    public Slot(int number, Supplier<Scratch> checkout) {
        this.number = number;
        this.checkout = checkout;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** Whether the next task has to wait for a whole checkout. */
    public boolean isToBeMade() {
        return scratch == null || abandoned;
    }

    /** Makes the checkout where there is none that can be gone on with. */
    public Scratch make() {
        if (scratch == null) {
            scratch = checkout.get();
        } else if (abandoned) {
            scratch = scratch.elsewhere();
            abandoned = false;
        }
        return scratch;
    }

    /** The checkout as its base commit is, for the next task. */
    public Scratch clean() {
        scratch = Objects.requireNonNull(scratch, "it is made first").next();
        return scratch;
    }

    /** A tool that could not be ended may write in the checkout at any time. */
    public void abandon() {
        abandoned = true;
    }
}
