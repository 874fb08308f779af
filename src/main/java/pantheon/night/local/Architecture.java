package pantheon.night.local;

import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A processor architecture whose system calls are known here. */
public enum Architecture {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    private final int auditNumber;

    Architecture(int auditNumber) {
        this.auditNumber = auditNumber;
    }

    /** The kernel's AUDIT_ARCH_… number, which a seccomp filter compares. */
    int auditNumber() {
        return auditNumber;
    }

    /** The one that this program runs on; any other ends it, since nothing could be proven there. */
    public static Architecture current() {
        var name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64" -> X86_64;
            case "aarch64" -> AARCH64;
            default ->
                throw new NightException(
                        ExitCode.EGRESS,
                        "this process cannot confine itself on the architecture \"" + name
                                + "\"; expected amd64 or aarch64. Run it on one of those.");
        };
    }
}
