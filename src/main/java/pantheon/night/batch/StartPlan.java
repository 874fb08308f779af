package pantheon.night.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
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
     */
    record NothingToDo(List<Waiting.Held> waiting) implements StartPlan {
        public NothingToDo {
            waiting = List.copyOf(waiting);
        }

        /** How many tasks wait for a person. */
        public int tasks() {
            return waiting.stream().mapToInt(Waiting.Held::tasks).sum();
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
            @Nullable Shard shard)
            implements Ready {
        public Fresh {
            tasks = List.copyOf(tasks);
            waiting = List.copyOf(waiting);
        }
    }

    /** A night that was killed, or failed, goes on. */
    record Resume(
            PastNight night,
            String baseCommit,
            List<Task> tasks,
            Past past,
            List<Waiting.Held> waiting,
            @Nullable Shard shard)
            implements Ready {
        public Resume {
            tasks = List.copyOf(tasks);
            waiting = List.copyOf(waiting);
        }

        @Override
        public String run() {
            return night.run();
        }
    }
}
