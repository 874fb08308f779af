package pantheon.night.local.child;

import java.time.Duration;

/**
 * The bounds of a confined command and of all processes that it starts.
 *
 * @param time from start to end of the whole tree
 * @param cpuSeconds of each process
 * @param memoryBytes of each process's address space
 * @param processes how many processes and threads there may be at a time
 * @param fileBytes of each file that is written
 * @param openFiles of each process
 * @param outputBytes of standard output and of standard error, each
 */
public record ChildLimits(
        Duration time,
        int cpuSeconds,
        long memoryBytes,
        int processes,
        long fileBytes,
        int openFiles,
        int outputBytes) {}
