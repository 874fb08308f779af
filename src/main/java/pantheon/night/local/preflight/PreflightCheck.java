package pantheon.night.local.preflight;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is looked at before a night, with the words for a person: what is expected, what it proves, what it
 * leaves open, and what to do where it is not as expected.
 *
 * <p>Most are the process's own and always required. Those from {@link #PRIVATE_NETWORK} on are layers that someone
 * else puts around the process; they are recorded always, and required where the configuration names them.
 */
public enum PreflightCheck {
    NO_NEW_PRIVILEGES(
            "NoNewPrivs 1 on every thread",
            "no set-user-id program gives this process or its children a privilege",
            "privileges that it was started with",
            "Report this with your kernel's version; the program sets it itself."),
    SECCOMP(
            "Seccomp 2 on every thread",
            "the kernel filters the system calls of every thread, those of the JVM included, and of every child",
            "which calls; the next three tell",
            "Report this with your kernel's version; the program installs the filter itself."),
    SOCKETS(
            "socket() refused for every family but AF_UNIX",
            "no connection to any network, loopback included, can be opened, whatever a library or a tool tries",
            "Unix sockets: who listens on one could call out for this process",
            "Report this with your kernel's version; the program's filter refuses them."),
    IO_URING(
            "io_uring_setup() refused",
            "the filter cannot be gone around by a ring of requests",
            "nothing of io_uring; a ring that was open before is under descriptors",
            "Report this with your kernel's version; the program's filter refuses it."),
    DENIED_CALLS(
            "ptrace, process_vm, pidfd_getfd, userfaultfd, keyctl, bpf, mount, module and namespace calls refused",
            "no socket can be taken from another process or made by one, and no layer can be left by these calls",
            "signals to processes of the same user, and /proc/PID/mem of those that the kernel lets it write",
            "Report this with your kernel's version; the program's filter refuses them."),
    DESCRIPTORS(
            "no open descriptor is a socket of another family than AF_UNIX",
            "no connection was handed in by whoever started this process",
            "descriptors that are passed later over a Unix socket",
            "Start the program without open connections."),
    CORE_DUMPS(
            "not dumpable, limit 0",
            "what is in memory does not land in a file when the process crashes",
            "nothing about what the process writes itself",
            "Report this with your kernel's version; the program sets both itself."),
    VARIABLES(
            "no variable with a credential or an agent",
            "nobody can be called in your name with what the environment holds",
            "credentials under names and in shapes that are not known; docs/configuration.md lists what is",
            "Unset each, as in env -u NAME pantheon-night, or run it as a user of its own."),
    ARGUMENTS(
            "no argument with a credential or a proxy",
            "nobody can be called in your name with what the command line holds, which every user can read",
            "credentials in shapes that are not known",
            "Start it without; the program takes no credential."),
    FILES(
            "no credential in the usual files",
            "the tools that people use every day find no credential under HOME",
            "files in other places, and files that this user cannot read; private keys in ~/.ssh are not looked at",
            "Run it as a user of its own, or with an empty home, as in env HOME=/nonexistent pantheon-night."),
    PROXIES(
            "no proxy in the environment or the JVM's properties",
            "no library is told a way out",
            "proxies that are configured elsewhere",
            "Unset each, as in env -u NAME pantheon-night."),
    INJECTION(
            "no variable or argument that loads foreign code",
            "the program's code is what was installed",
            "what such code did before this check; /etc/ld.so.preload, which is root's",
            "Unset each, as in env -u NAME pantheon-night."),
    TELEMETRY(
            "ORT_DISABLE_TELEMETRY=1, OPT_OUT_TRACKING=true, ai.djl.offline=true",
            "the libraries are told not to call home",
            "whether they obey; the filter does not ask them",
            "Start it by bin/pantheon-night, which sets them."),
    ENGINES(
            "every engine is in this process, or behind a Unix socket of this machine",
            "no model is asked elsewhere",
            "what a server behind a Unix socket does",
            "Name local models only."),
    PRIVATE_NETWORK(
            "lo alone, no route",
            "the network namespace leads nowhere, so not even a hole in the filter would",
            "AF_VSOCK and Unix sockets by path, which cross network namespaces",
            "Start the unit, which has PrivateNetwork=yes; without systemd: unshare -n."),
    NO_CAPABILITIES(
            "CapInh, CapPrm, CapEff, CapBnd, CapAmb all 0 on every thread",
            "no privilege of root is left, nor can any be gained",
            "files and sockets that belong to this user",
            "Start the unit, which has CapabilityBoundingSet= empty."),
    NOT_ROOT(
            "no user id is 0 on any thread",
            "what belongs to root is out of reach",
            "what belongs to this user",
            "Start the unit, which has a user of its own."),
    GATE(
            "the gate's proof of this boot about this user, written by root",
            "the packet filter on the user's id was loaded, and a canary as that user was stopped by it",
            "whether the rule is still loaded; root could have removed it since",
            "systemctl status pantheon-night-gate.service tells why the gate did not open.");

    /** What can change while the process runs, and is cheap to look at. */
    public static final Set<PreflightCheck> REPEATED = Collections.unmodifiableSet(EnumSet.of(
            NO_NEW_PRIVILEGES,
            SECCOMP,
            SOCKETS,
            IO_URING,
            DENIED_CALLS,
            DESCRIPTORS,
            CORE_DUMPS,
            PRIVATE_NETWORK,
            NO_CAPABILITIES,
            NOT_ROOT,
            GATE));

    private final String expected;
    private final String proves;
    private final String leavesOpen;
    private final String remedy;

    PreflightCheck(String expected, String proves, String leavesOpen, String remedy) {
        this.expected = expected;
        this.proves = proves;
        this.leavesOpen = leavesOpen;
        this.remedy = remedy;
    }

    /** The check with this code; empty where there is none. */
    public static Optional<PreflightCheck> of(String code) {
        return Arrays.stream(values())
                .filter(check -> check.code().equals(code))
                .findFirst();
    }

    /** What the journal and the configuration call it, for example {@code private_network}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a layer around the process, and so required only where the configuration says so. */
    public boolean isLayer() {
        return compareTo(PRIVATE_NETWORK) >= 0;
    }

    public String expected() {
        return expected;
    }

    public String proves() {
        return proves;
    }

    public String leavesOpen() {
        return leavesOpen;
    }

    /** What to do where it is not as expected. */
    public String remedy() {
        return remedy;
    }
}
