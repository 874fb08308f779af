package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.local.Architecture;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;
import pantheon.night.local.SystemClock;
import pantheon.night.local.child.ChildEnd.Stop;

/**
 * Runs a command in a Landlock domain of its own: it reads the system and its directories, writes in its directories
 * alone, makes no socket that leads anywhere, and signals
 * nobody else. When it has ended, or is stopped, nothing of it is left.
 */
public final class ConfinedChild {
    private static final int SET_CHILD_SUBREAPER = 36;
    private static final int NO_HANG = 1;

    /** E2BIG. */
    private static final int TOO_LARGE = 7;

    private static final Duration CENSUS_INTERVAL = Duration.ofMillis(20);

    /** How long the kernel may take to end killed processes. */
    private static final Duration KILL_GRACE = Duration.ofSeconds(4);

    /** Time in which the program is stopped is none of the command's. */
    private static final NightClock CLOCK = new SystemClock();

    private static final Kernel KERNEL = new Kernel(Architecture.current());

    private final ChildCommand command;
    private final AtomicReference<Stop> stop = new AtomicReference<>(Stop.NONE);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int status;

    private ConfinedChild(ChildCommand command) {
        this.command = command;
    }

    /** Why no command can be confined on this machine; empty where all that it takes is there. */
    private static Optional<String> missing() {
        int abi = Landlock.abi(KERNEL);
        if (abi < Landlock.NEEDED_ABI) {
            return Optional.of(
                    "the kernel's Landlock has ABI %d; expected %d or later. Run it on Linux 6.12 or later, with landlock in the kernel's list of security modules."
                            .formatted(abi, Landlock.NEEDED_ABI));
        }
        return Programs.missing();
    }

    /**
     * Makes sure that commands can be confined on this machine.
     *
     * @throws NightException with exit code 77 where they cannot
     */
    public static void require() {
        missing().ifPresent(why -> {
            throw new NightException(ExitCode.EGRESS, "no command tool can be confined: " + why);
        });
    }

    /** What confines commands here, for people. */
    public static String evidence() {
        return "Landlock ABI %d, %s"
                .formatted(
                        Landlock.abi(KERNEL),
                        Programs.find()
                                .map(programs -> programs.limiter().toString())
                                .orElse("no prlimit"));
    }

    /**
     * Runs a command to its end, or to the first of its bounds.
     *
     * @throws NightException with exit code 77 where it cannot be confined; then it does not run
     */
    public static ChildEnd run(ChildCommand command) {
        require();
        return new ConfinedChild(command).run();
    }

    private ChildEnd run() {
        // Orphans come to this process, which can tell when they are gone.
        KERNEL.call(SystemCall.PRCTL, SET_CHILD_SUBREAPER, 1);
        int bound = command.limits().outputBytes();
        try (var output = new CapturedStream(KERNEL, bound, () -> stopFor(Stop.OUTPUT));
                var error = new CapturedStream(KERNEL, bound, () -> stopFor(Stop.OUTPUT));
                var launch = new Launch(KERNEL, command)) {
            var programs = Programs.find().orElseThrow();
            int errno = launch.start(programs, output.writeEnd(), error.writeEnd());
            output.start();
            error.start();
            return errno == 0 ? watch(launch, output, error) : notStarted(launch, programs, errno);
        }
    }

    private static ChildEnd notStarted(Launch launch, Programs programs, int errno) {
        do {
            launch.kill();
        } while (left(launch) > 0);
        if (errno != TOO_LARGE) {
            throw Launch.refused(programs.shell(), errno);
        }
        return new ChildEnd(Stop.ARGUMENTS, -1, 0, "", "", true);
    }

    private ChildEnd watch(Launch launch, CapturedStream output, CapturedStream error) {
        int pid = launch.pid();
        Thread.ofPlatform().daemon().name("tool-wait").start(() -> await(pid));
        boolean interrupted = isInterruptedBeforeOver(launch, pid);
        launch.kill();
        interrupted |= Thread.interrupted();
        try {
            boolean gone = over.await(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS) && collect(launch);
            return end(gone, output, error);
        } catch (InterruptedException e) {
            interrupted = true;
            return new ChildEnd(Stop.INTERRUPTED, -1, 0, "", "", false);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isInterruptedBeforeOver(Launch launch, int pid) {
        try {
            watchUntilOver(launch, pid);
            return false;
        } catch (InterruptedException e) {
            stopFor(Stop.INTERRUPTED);
            return true;
        }
    }

    private ChildEnd end(boolean gone, CapturedStream output, CapturedStream error) throws InterruptedException {
        int signal = status & 0x7f;
        return new ChildEnd(
                stop.get(),
                signal == 0 ? status >> 8 & 0xff : -1,
                signal,
                gone ? output.text() : "",
                gone ? error.text() : "",
                gone);
    }

    private void await(int pid) {
        try (var arena = Arena.ofConfined()) {
            var word = arena.allocate(ValueLayout.JAVA_INT);
            while (!KERNEL.call(SystemCall.WAIT4, pid, word.address(), 0, 0).succeeded()) {
                Thread.onSpinWait(); // interrupted by a signal
            }
            status = word.get(ValueLayout.JAVA_INT, 0);
        }
        over.countDown();
    }

    private void stopFor(Stop reason) {
        stop.compareAndSet(Stop.NONE, reason);
    }

    private void watchUntilOver(Launch launch, int pid) throws InterruptedException {
        var deadline = CLOCK.awake().plus(command.limits().time());
        while (stop.get() == Stop.NONE) {
            long left = deadline.minus(CLOCK.awake()).toNanos();
            if (over.await(Math.min(left, CENSUS_INTERVAL.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (left <= 0) {
                stopFor(Stop.TIME);
            } else if (threads(launch, pid) > command.limits().processes()) {
                stopFor(Stop.PROCESSES);
            } else if (!launch.isWatched()) {
                stopFor(Stop.UNWATCHED);
            }
        }
    }

    /** Counts the domain's threads, and collects the orphans that have ended. */
    private static int threads(Launch launch, int first) {
        int threads = 0;
        for (int pid : launch.members()) {
            if (pid == first || !collected(pid)) {
                threads += ProcessTable.threads(pid);
            }
        }
        return threads;
    }

    private static boolean collected(int pid) {
        return KERNEL.call(SystemCall.WAIT4, pid, 0, NO_HANG, 0).value() == pid;
    }

    /** Waits until nothing of the domain is left; false where the kernel cannot end some of it. */
    private static boolean collect(Launch launch) throws InterruptedException {
        long deadline = System.nanoTime() + KILL_GRACE.toNanos();
        while (left(launch) > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            launch.kill();
            Thread.sleep(1);
        }
        return true;
    }

    private static int left(Launch launch) {
        int left = 0;
        for (int pid : launch.all()) {
            left += collected(pid) ? 0 : 1;
        }
        return left;
    }
}
