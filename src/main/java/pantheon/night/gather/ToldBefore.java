package pantheon.night.gather;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.gather.GatheredNight.CarriedTask;
import pantheon.night.gather.GatheredNight.LeftOutTask;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.TaskFinished;

/** A night that was gathered before, folded from its own journal. */
final class ToldBefore {
    private final String run;
    private final FoundShards found;
    private final List<CarriedTask> carried = new ArrayList<>();
    private final List<LeftOutTask> leftOut = new ArrayList<>();
    private List<String> carryOver = List.of();
    private @Nullable String commit;

    ToldBefore(String run, FoundShards found) {
        this.run = run;
        this.found = found;
    }

    GatheredNight read(LogFolder log) {
        JournalReader.read(log.journal(run), entry -> take(entry.event()));
        return new GatheredNight(run, false, found, commit, 0, carried, leftOut, carryOver);
    }

    private void take(NightEvent event) {
        switch (event) {
            case NightGathered gathered -> commit = gathered.commit();
            case CommitMade made -> carried.add(new CarriedTask(made.task(), null, made.commit()));
            case TaskFinished task ->
                leftOut.add(new LeftOutTask(task.task(), null, task.ending().message()));
            case NightFinished finished -> carryOver = finished.carryOver();
            default -> {}
        }
    }
}
