package pantheon.night.local;

/**
 * The end of this process while its other threads are anywhere, native code included.
 *
 * <p>{@link Runtime#halt} runs no hook, but calls libc's {@code exit}, which takes a native library's statics away under
 * the threads that use them; what they do then can change the status.
 */
public final class ProcessEnd {
    private ProcessEnd() {}

    /** Ends it with a status of 0 to 255, at once. */
    public static void now(int status) {
        new Kernel(Architecture.current()).call(SystemCall.EXIT_GROUP, status);
        throw new IllegalStateException("exit_group returned");
    }
}
