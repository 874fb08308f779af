package pantheon.night.local.child;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * Two Landlock domains, one inside the other. A thread of this process is in the outer one for as long as it lasts; a
 * tool's processes are in the inner one, and no thread of this process is. A signal cannot leave a domain: so one that the
 * outer thread sends to everybody ends all that is inside and nothing else, at once, and no fork or session of its own
 * runs away from it; and one that a tool sends reaches its own processes alone, whatever id it names.
 */
final class Domain implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final int PROBE = 0;
    private static final int EVERYBODY = -1;
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final long POLL_NANOS = 20_000;

    /** May always signal itself, though it is no part of the domain. */
    private static final int SELF = (int) ProcessHandle.current().pid();

    private final Kernel kernel;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("domain").factory());

    /** Begins a domain without processes. */
    Domain(Kernel kernel, Landlock rules) {
        this.kernel = kernel;
        var taken = on(() -> {
            var privileges = kernel.call(SystemCall.PRCTL, SET_NO_NEW_PRIVILEGES, 1);
            return privileges.succeeded() ? rules.restrictThisThread() : privileges;
        });
        if (!taken.succeeded()) {
            thread.shutdown();
            throw refused(taken.errno());
        }
    }

    private static NightException refused(int errno) {
        return new NightException(
                ExitCode.EGRESS,
                "a tool cannot be confined: the kernel refused its rules with errno %d. Run it on Linux 6.12 or later."
                        .formatted(errno));
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

    /** Starts a process of this program's own in the outer domain; gives 0 or an errno. */
    int start(PosixSpawn process) {
        return on(process::start);
    }

    /**
     * Starts a process in the inner domain. The thread that did it is in there too, so this returns when it has ended.
     *
     * @throws NightException with exit code 77 where it cannot be confined; then it does not run
     */
    Started startInside(PosixSpawn process, Landlock rules, ThreadConfinement confinement) {
        var starter = new Starter(kernel, rules, process, confinement);
        on(() -> {
            var inner = Thread.ofPlatform().daemon().name("tool-start").unstarted(starter);
            inner.start();
            awaitEnd(inner);
            return true;
        });
        awaitEnd(starter.threadId);
        if (starter.refusal != 0) {
            throw refused(starter.refusal);
        }
        return new Started(starter.errno, starter.listener);
    }

    private static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join();
    }

    /** A thread that Java has seen end is one of the kernel's for a moment more. */
    private void awaitEnd(long threadId) {
        while (kernel.call(SystemCall.TGKILL, SELF, threadId, PROBE).succeeded()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * What came of a start.
     *
     * @param errno 0 where the process runs
     * @param listener the descriptor on which the filter asks, 0 where it asks nobody
     */
    record Started(int errno, int listener) {}

    /** The thread that goes into the inner domain, starts a process there, and ends. */
    private static final class Starter implements Runnable {
        private final Kernel kernel;
        private final Landlock rules;
        private final PosixSpawn process;
        private final ThreadConfinement confinement;
        private volatile long threadId;
        private volatile int refusal;
        private volatile int errno;
        private volatile int listener;

        Starter(Kernel kernel, Landlock rules, PosixSpawn process, ThreadConfinement confinement) {
            this.kernel = kernel;
            this.rules = rules;
            this.process = process;
            this.confinement = confinement;
        }

        @Override
        public void run() {
            threadId = kernel.call(SystemCall.GETTID).value();
            var restricted = rules.restrictThisThread();
            var filtered = restricted.succeeded() ? confinement.confineThisThread() : restricted;
            refusal = filtered.errno();
            if (filtered.succeeded()) {
                listener = (int) filtered.value();
                errno = process.start();
            }
        }
    }

    /** Those of some processes that belong to either domain, zombies included. */
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

    /** Ends all processes of both domains; those that began to end are still there for a moment. */
    void kill() {
        on(() -> kernel.call(SystemCall.KILL, EVERYBODY, SIGKILL));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
