package pantheon.night.local.child;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * A Landlock domain: one thread that took rules on, and the processes that it starts, wherever they go. Since a signal
 * cannot leave the domain, one sent by that thread to everybody ends all of it and nothing else, at once; no fork runs
 * away from it, neither does a session of its own.
 */
final class Domain implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final int PROBE = 0;
    private static final int EVERYBODY = -1;
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final int SET_MODE_FILTER = 1;

    /** May always signal itself, though it is no part of the domain. */
    private static final int SELF = (int) ProcessHandle.current().pid();

    private final Kernel kernel;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("domain").factory());

    /**
     * Begins a domain without processes.
     *
     * @param filter a struct sock_fprog
     */
    Domain(Kernel kernel, Landlock rules, long filter) {
        this.kernel = kernel;
        var failed = on(() -> {
            var outcome = kernel.call(SystemCall.PRCTL, SET_NO_NEW_PRIVILEGES, 1);
            if (outcome.succeeded()) {
                outcome = rules.restrictThisThread();
            }
            return outcome.succeeded() ? kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, 0, filter) : outcome;
        });
        if (!failed.succeeded()) {
            thread.shutdown();
            throw new NightException(
                    ExitCode.EGRESS,
                    "a tool cannot be confined: the kernel refused its rules with errno %d. Run it on Linux 6.12 or later."
                            .formatted(failed.errno()));
        }
    }

    /** What runs here loads no class that was not loaded before: the rules let it read none. */
    private <T> T on(Callable<T> action) {
        var result = thread.submit(action);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true; // a call takes a moment, and its answer is needed to end the domain
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call on a confined thread failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts a process in the domain; gives 0 or an errno. */
    int start(PosixSpawn process) {
        return on(process::start);
    }

    /** Those of some processes that belong to the domain, zombies included. */
    int[] members(int[] pids) {
        return on(() -> {
            var members = new int[pids.length];
            int count = 0;
            for (int pid : pids) {
                if (pid != SELF && kernel.call(SystemCall.KILL, pid, PROBE).succeeded()) {
                    members[count++] = pid;
                }
            }
            return Arrays.copyOf(members, count);
        });
    }

    /** Ends all processes of the domain; those that began to end are still there for a moment. */
    void kill() {
        on(() -> kernel.call(SystemCall.KILL, EVERYBODY, SIGKILL));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
