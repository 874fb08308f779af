package pantheon.night.lease;

/** Is told of a lease. */
public interface LeaseListener {
    /** Another process has it, and it is waited for. */
    void waits(String owner);

    /** Another process has taken it; on any thread. */
    void lost();
}
