package pantheon.night.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that tries what is denied, and prints what came of it: a line with the vector and the errno, 0 where it
 * went through. Its first argument says whether it confines itself first, the second what it tries.
 */
final class ConfinementProbe {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int AF_PACKET = 17;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int RAW = 3;

    /** The number of getpid on x86-64, as x32 has it. */
    private static final long X32_GETPID = 0x40000000L | 39;

    private static final Kernel KERNEL = new Kernel(Architecture.current());

    private ConfinementProbe() {}

    public static void main(String... arguments) throws IOException {
        if (arguments[0].equals("confined")) {
            Confinement.confineThisProcess();
        }
        switch (arguments[1]) {
            case "vectors" -> tryVectors();
            case "x32" -> System.out.println(KERNEL.callNumber(X32_GETPID).errno());
            case "descriptors" -> System.out.println(Files.exists(Path.of("/proc/self/fd/9")));
            case "status" -> printStatus();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    /** Arguments without effect: what is let through fails for another reason than EPERM, or does nothing. */
    private static void tryVectors() {
        tell("unix", SystemCall.SOCKET, SeccompFilter.AF_UNIX, STREAM);
        tell("tcp4", SystemCall.SOCKET, AF_INET, STREAM);
        tell("udp4", SystemCall.SOCKET, AF_INET, DATAGRAM);
        tell("tcp6", SystemCall.SOCKET, AF_INET6, STREAM);
        tell("netlink", SystemCall.SOCKET, AF_NETLINK, RAW);
        tell("packet", SystemCall.SOCKET, AF_PACKET, RAW);
        tell("io_uring", SystemCall.IO_URING_SETUP);
        tell(
                "process_vm_readv",
                SystemCall.PROCESS_VM_READV,
                ProcessHandle.current().pid());
        tell("pidfd_getfd", SystemCall.PIDFD_GETFD, -1);
        tell("keyctl", SystemCall.KEYCTL, -1);
        tell("mount", SystemCall.MOUNT);
        tell("unshare", SystemCall.UNSHARE);
        tell("setns", SystemCall.SETNS, -1);
        tell("bpf", SystemCall.BPF, -1);
        tell("finit_module", SystemCall.FINIT_MODULE, -1);
        tell("tiocsti", SystemCall.IOCTL, -1, SeccompFilter.TIOCSTI);
        tell("ptrace", SystemCall.PTRACE, -1, -1);
    }

    private static void tell(String vector, SystemCall call, long... arguments) {
        System.out.println(vector + " " + KERNEL.call(call, arguments).errno());
    }

    /** Of every thread the lines that say how it is confined, and the limit on core dumps. */
    private static void printStatus() throws IOException {
        try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (var thread : threads) {
                for (var line : Files.readAllLines(thread.resolve("status"))) {
                    if (line.startsWith("NoNewPrivs:") || line.startsWith("Seccomp:")) {
                        System.out.println(line.replaceAll("\\s+", " "));
                    }
                }
            }
        }
        for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max core file size")) {
                System.out.println(line.replaceAll("\\s+", " "));
            }
        }
    }
}
