package pantheon.night.sizing;

import java.util.Arrays;

/**
 * A night's slots as they fill: list scheduling, each task on the slot that is free first. Beside it, what the window
 * lets be done: no task begins at dawn, nor one that is not expected to end by then, though one behind it may; what runs
 * then has the grace period to end.
 */
final class Schedule {
    private final double dawn;
    private final double end;
    private final double[] latest;
    private final Slots queue;
    /** The same slots until a task is not begun. */
    private Slots night;
    /** By agent, how many of its tasks are done. */
    final int[] done;
    /** How many tasks from the queue's head are done. */
    int kept;

    private boolean isWhole = true;

    Schedule(NightPlan plan) {
        var window = plan.windowMillis();
        dawn = window == null ? Double.POSITIVE_INFINITY : window;
        end = dawn + plan.graceMillis();
        var agents = plan.workload().agents();
        latest = agents.stream()
                .mapToDouble(agent -> dawn - agent.expectedMillis())
                .toArray();
        done = new int[agents.size()];
        queue = new Slots(plan.slots(), plan.startUpMillis());
        night = queue;
    }

    /** When the last task ends, if the window does not close. */
    double makespan() {
        return queue.last;
    }

    /** Whether every task so far is done. */
    boolean isWhole() {
        return isWhole;
    }

    void task(int agent, double millis) {
        boolean begins = begins(agent, night.next());
        if (!begins && night == queue) {
            night = new Slots(queue);
        }
        double ended = begins ? night.put(millis) : Double.POSITIVE_INFINITY;
        if (night != queue) {
            queue.next();
            queue.put(millis);
        }
        settle(agent, ended <= end ? 1 : 0, 1);
    }

    /** Many tasks at once, spread over all slots alike, which are level before and after it. */
    void block(int agent, int tasks, double millis) {
        double from = night.next();
        double to = from + millis / night.free.length;
        if (to <= latest[agent]) {
            night.fill(to);
            settle(agent, tasks, tasks);
        } else {
            boolean begins = begins(agent, from);
            night = new Slots(night);
            night.fill(begins ? latest[agent] : from);
            settle(agent, begins ? (int) (tasks * (latest[agent] - from) / (to - from)) : 0, tasks);
        }
        if (night != queue) {
            queue.fill(queue.next() + millis / queue.free.length);
        }
    }

    private boolean begins(int agent, double time) {
        return time < dawn && time <= latest[agent];
    }

    private void settle(int agent, int ended, int tasks) {
        done[agent] += ended;
        kept += isWhole ? ended : 0;
        isWhole &= ended == tasks;
    }

    /** When each slot is free. */
    private static final class Slots {
        final double[] free;
        double last;
        private int first;

        Slots(int count, double from) {
            free = new double[count];
            fill(from);
        }

        Slots(Slots other) {
            free = other.free.clone();
            last = other.last;
        }

        /** When the next task begins. */
        double next() {
            first = 0;
            for (int i = 1; i < free.length; i++) {
                first = free[i] < free[first] ? i : first;
            }
            return free[first];
        }

        /** Puts a task on the slot that {@link #next} found, and tells when it ends. */
        double put(double millis) {
            free[first] += millis;
            last = Math.max(last, free[first]);
            return free[first];
        }

        void fill(double to) {
            Arrays.fill(free, to);
            last = to;
        }
    }
}
