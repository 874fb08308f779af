package pantheon.night.local;

/** A Linux system call that is made or denied here, with its number on each architecture. */
public enum SystemCall {
    READ(0, 63),
    CLOSE(3, 57),
    CLOCK_GETTIME(228, 113),
    CONNECT(42, 203),
    OPENAT(257, 56),
    PIPE2(293, 59),
    WAIT4(61, 260),
    EXIT_GROUP(231, 94),
    KILL(62, 129),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_RESTRICT_SELF(446, 446),
    GETSOCKOPT(55, 209),
    IOCTL(16, 29),
    PRCTL(157, 167),
    PRLIMIT(302, 261),
    SECCOMP(317, 277),
    WRITE(1, 64),

    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    CLONE(56, 220),
    CLONE3(435, 435),

    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PIDFD_GETFD(438, 438),
    USERFAULTFD(323, 282),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    BPF(321, 280),
    PERF_EVENT_OPEN(298, 241),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),
    OPEN_TREE_ATTR(467, 467),
    INIT_MODULE(175, 105),
    DELETE_MODULE(176, 106),
    FINIT_MODULE(313, 273),
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    OPEN_BY_HANDLE_AT(304, 265),
    UNSHARE(272, 97),
    SETNS(308, 268),

    SHMGET(29, 194),
    MSGGET(68, 186),
    SEMGET(64, 190),
    MQ_OPEN(240, 180),
    MQ_UNLINK(241, 181),
    INOTIFY_INIT(253, SystemCall.NONE),
    INOTIFY_INIT1(294, 26),
    FANOTIFY_INIT(300, 262),
    SETPRIORITY(141, 140),
    IOPRIO_SET(251, 30),
    KCMP(312, 272),
    PROCESS_MADVISE(440, 440),
    PROCESS_MRELEASE(448, 448),
    MIGRATE_PAGES(256, 238),
    MOVE_PAGES(279, 239),

    SCHED_SETAFFINITY(203, 122),
    SCHED_SETSCHEDULER(144, 119),
    SCHED_SETPARAM(142, 118),
    SCHED_SETATTR(314, 274),

    CHMOD(90, SystemCall.NONE),
    FCHMODAT(268, 53),
    FCHMODAT2(452, 452),
    CHOWN(92, SystemCall.NONE),
    LCHOWN(94, SystemCall.NONE),
    FCHOWNAT(260, 54),
    SETXATTR(188, 5),
    LSETXATTR(189, 6),
    SETXATTRAT(463, 463),
    REMOVEXATTR(197, 14),
    LREMOVEXATTR(198, 15),
    REMOVEXATTRAT(466, 466),
    FILE_SETATTR(469, 469),
    UTIME(132, SystemCall.NONE),
    UTIMES(235, SystemCall.NONE),
    FUTIMESAT(261, SystemCall.NONE),
    UTIMENSAT(280, 88);

    /** Stands for the number where an architecture has no such call. */
    private static final int NONE = -1;

    private final int onX86;
    private final int onAarch64;

    SystemCall(int onX86, int onAarch64) {
        this.onX86 = onX86;
        this.onAarch64 = onAarch64;
    }

    boolean existsOn(Architecture architecture) {
        return number(architecture) != NONE;
    }

    int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> onX86;
            case AARCH64 -> onAarch64;
        };
    }
}
