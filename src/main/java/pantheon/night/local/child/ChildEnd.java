package pantheon.night.local.child;

/**
 * How a confined command ended.
 *
 * @param stop why it was stopped, {@link Stop#NONE} where it ended by itself
 * @param exitCode 0 to 255, -1 where a signal ended it
 * @param signal the number of that signal, 0 where none did
 * @param output what it wrote to standard output, up to the bound; bytes that are no UTF-8 are replaced by U+FFFD
 * @param error the same of standard error
 * @param gone whether every process of it is gone; false only where the kernel cannot end one
 */
public record ChildEnd(Stop stop, int exitCode, int signal, String output, String error, boolean gone) {
    /** Why a command was stopped. */
    public enum Stop {
        NONE,
        TIME,
        OUTPUT,
        PROCESSES,
        /** Somebody ended the process that would end it with this program. */
        UNWATCHED,
        /** It never ran: this machine's kernel starts no program with arguments and variables of that size. */
        ARGUMENTS,
        /** The thread that waits for it was interrupted. */
        INTERRUPTED
    }
}
