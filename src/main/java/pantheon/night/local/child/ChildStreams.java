package pantheon.night.local.child;

/**
 * The standard streams that a process begins with.
 *
 * @param input a descriptor of this process, or {@link #NOTHING}
 * @param output the same
 * @param error the same
 */
record ChildStreams(int input, int output, int error) {
    /** An empty input, an output that nobody reads. */
    static final int NOTHING = -1;
}
