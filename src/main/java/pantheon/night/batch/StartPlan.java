package pantheon.night.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.decision.Waiting;
import pantheon.night.journal.Shard;
import pantheon.night.past.PastNight;
import pantheon.night.queue.Task;

/** What a start of the program comes to. */
public sealed interface StartPlan {
    /**
     * All tasks of the queue have ended or wait for a person, and no night is to go on.
     *
     * @param waiting the agents that stopped
     * @param parked what tasks that build on others wait for, by their ids
     */
    record NothingToDo(List<Waiting.Held> waiting, Map<String, String> parked) implements StartPlan {
        public NothingToDo {
            waiting = List.copyOf(waiting);
            parked = KeptOrder.map(parked);
        }

        /** How many tasks wait for a person. */
        public int tasks() {
            return waiting.stream().mapToInt(Waiting.Held::tasks).sum() + parked.size();
        }
    }

    /**
     * A night is to go on and cannot.
     *
     * @param message why, and what to do
     */
    record Refused(String message) implements StartPlan {
        public NightException failure() {
            return new NightException(ExitCode.DATA, message);
        }
    }

    /** There is a night to run. */
    sealed interface Ready extends StartPlan {
        /** The night's id, also the branch's and the journal's name. */
        String run();

        /** What the tasks are done on. */
        String baseCommit();

        /** What is left of the queue, in its order. */
        List<Task> tasks();

        /** The nights so far, the one that goes on included. */
        Past past();

        /** The agents that stopped, whose tasks wait for a person; those of the night that goes on included. */
        List<Waiting.Held> waiting();

        /** What tasks wait for that build on others, by their ids; none of them is begun. */
        Map<String, String> parked();

        /** The shard whose tasks these are, null where the queue is not split. */
        @Nullable
        Shard shard();
    }

    /** A new night begins. */
    record Fresh(
            String run,
            String baseCommit,
            List<Task> tasks,
            Past past,
            List<Waiting.Held> waiting,
            Map<String, String> parked,
            @Nullable Shard shard)
            implements Ready {
        public Fresh {
            tasks = List.copyOf(tasks);
            waiting = List.copyOf(waiting);
            parked = KeptOrder.map(parked);
        }
    }

    /** A night that was killed, or failed, goes on. */
    record Resume(
            PastNight night,
            String baseCommit,
            List<Task> tasks,
            Past past,
            List<Waiting.Held> waiting,
            Map<String, String> parked,
            @Nullable Shard shard)
            implements Ready {
        public Resume {
            tasks = List.copyOf(tasks);
            waiting = List.copyOf(waiting);
            parked = KeptOrder.map(parked);
        }

        @Override
        public String run() {
            return night.run();
        }
    }
}
