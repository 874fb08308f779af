package pantheon.night.queue;

import java.util.Locale;
import pantheon.night.contract.Sha256;

/**
 * The ids that {@code enqueue} gives: readable, and always the same for the same path, content, agent and version of the
 * agent. What tells two apart is the hash, since ids have no letters but ASCII's.
 */
final class TaskId {
    /** 128 bits, which no two paths share by chance. */
    private static final int HASH_DIGITS = 32;

    /** What there was of the hash once; by chance two of 50,000 paths share it every fourth time. */
    private static final int EARLY_HASH_DIGITS = 8;

    private static final int READABLE_CHARS = 80;

    private TaskId() {}

    /** @param content an id of what the file holds */
    static String of(String agent, String version, String path, String content) {
        return id(path, String.join("\n", agent, version, path, content), HASH_DIGITS);
    }

    /** The id that the path had, whatever it held, in queues of earlier versions. */
    static String ofPath(String agent, String path) {
        return id(path, agent + "\n" + path, HASH_DIGITS);
    }

    /** The one that it had in queues of the first version. */
    static String early(String agent, String path) {
        return id(path, agent + "\n" + path, EARLY_HASH_DIGITS);
    }

    private static String id(String path, String of, int digits) {
        var words = path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var readable = words.substring(0, Math.min(words.length(), READABLE_CHARS));
        return (readable.isEmpty() ? "" : readable + "-") + Sha256.hex(of).substring(0, digits);
    }
}
