package pantheon.night.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pantheon.night.batch.work.Hands;
import pantheon.night.batch.work.Watch;

/** Hands whose seed decides which of the works under way ends next; there is one thread, so a seed always gives the same. */
final class SimulatedHands implements Hands {
    private record Begun(Watch.Watched watched, Supplier<Runnable> work) {}

    private final Chance chance;
    private final SimulatedWatch watch;
    private final List<Begun> underWay = new ArrayList<>();

    SimulatedHands(Chance chance, SimulatedWatch watch) {
        this.chance = chance;
        this.watch = watch;
    }

    @Override
    public void begin(Watch.Watched watched, Supplier<Runnable> work) {
        underWay.add(new Begun(watched, work));
    }

    @Override
    public Runnable await() {
        var next = underWay.remove(chance.below(underWay.size()));
        watch.isAt(next.watched());
        return next.work().get();
    }

    @Override
    public void close() {
        underWay.clear();
    }
}
