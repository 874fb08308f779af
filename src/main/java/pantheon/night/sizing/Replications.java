package pantheon.night.sizing;

/** What the replications of a simulated night gave, one place each; written by many threads, each its own places. */
final class Replications {
    /** The makespan. */
    final double[] millis;
    /** The night's factor in it. */
    final double[] nights;
    /** The most tasks, from the queue's head, that are all done by dawn. */
    final int[] kept;
    /** How many tasks are done by dawn. */
    final int[] total;
    /** By agent, how many of its tasks are. */
    final int[][] done;

    Replications(int count, int agents) {
        millis = new double[count];
        nights = new double[count];
        kept = new int[count];
        total = new int[count];
        done = new int[agents][count];
    }
}
