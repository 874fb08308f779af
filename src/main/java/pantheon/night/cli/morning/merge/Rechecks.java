package pantheon.night.cli.morning.merge;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.journal.Journal;
import pantheon.night.local.SystemClock;
import pantheon.night.morning.MadeCommits;
import pantheon.night.past.AcceptedWork;
import pantheon.night.workspace.branch.MergeJudge.Part;
import pantheon.night.workspace.branch.PickJudge;

/**
 * The agents' checks, asked again where a task's lines are merged with others. Journals are read as they are needed: that
 * of the night first, and others only where their work is in the same file.
 */
final class Rechecks implements PickJudge {
    private final Desk desk;
    private final Deque<Path> unread = new ArrayDeque<>();
    private final Map<String, AcceptedWork> byKey = new HashMap<>();
    private final Contained contained = new Contained();
    private final NightClock clock = new SystemClock();

    Rechecks(Desk desk, String run) {
        this.desk = desk;
        for (var journal : desk.nights().journals()) {
            if (Journal.run(journal).equals(run)) {
                read(journal);
            } else {
                unread.addFirst(journal);
            }
        }
    }

    @Override
    public Optional<String> problem(String key, Part part) {
        var work = work(key);
        if (work == null) {
            return Optional.empty();
        }
        var end = clock.awake().plus(work.limit());
        return work.problem(part.changes(), contained, () -> end.minus(clock.awake()));
    }

    /** The newest night first; null where no journal tells of it any more. */
    private @Nullable AcceptedWork work(String key) {
        while (!byKey.containsKey(key) && !unread.isEmpty()) {
            read(unread.removeFirst());
        }
        return byKey.get(key);
    }

    private void read(Path journal) {
        try {
            var agents = desk.setup().agents();
            MadeCommits.of(journal).forEach((key, task) -> byKey.putIfAbsent(key, AcceptedWork.of(task, agents)));
        } catch (NightException e) {
            desk.output().warn("its tasks' checks are not asked: " + e.getMessage());
        }
    }
}
