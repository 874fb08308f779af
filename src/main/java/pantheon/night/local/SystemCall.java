package pantheon.night.local;

/** A Linux system call that is made or denied here, with its number on each architecture. */
enum SystemCall {
    CLOSE(3, 57),
    CLOCK_GETTIME(228, 113),
    CONNECT(42, 203),
    GETSOCKOPT(55, 209),
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
    SETNS(308, 268);

    private final int onX86;
    private final int onAarch64;

    SystemCall(int onX86, int onAarch64) {
        this.onX86 = onX86;
        this.onAarch64 = onAarch64;
    }

    int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> onX86;
            case AARCH64 -> onAarch64;
        };
    }
}
