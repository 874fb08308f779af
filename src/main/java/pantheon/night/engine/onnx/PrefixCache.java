package pantheon.night.engine.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The KV of the last few prompt prefixes that conversations share: an agent's system turn is prefilled once a night,
 * not once a task. Safe for use by several threads.
 */
final class PrefixCache implements AutoCloseable {
    /** A prefix in tokens with its cache. */
    @SuppressWarnings("ArrayRecordComponent") // compared by the text that it belongs to
    record Prefix(int[] tokens, KvCache cache) {}

    private final int capacity;
    private final Map<String, Prefix> byText = new LinkedHashMap<>(16, 0.75f, true);

    PrefixCache(int capacity) {
        this.capacity = capacity;
    }

    /** The prefix with this text, its cache retained for the caller, null where it is not kept. */
    synchronized @Nullable Prefix get(String text) {
        var prefix = byText.get(text);
        return prefix == null
                ? null
                : new Prefix(prefix.tokens(), prefix.cache().retain());
    }

    /** Keeps a prefix with a reference of its own; the one used longest ago goes where there are too many. */
    synchronized void put(String text, Prefix prefix) {
        var before = byText.put(text, new Prefix(prefix.tokens(), prefix.cache().retain()));
        if (before != null) {
            before.cache().release();
        }
        if (byText.size() > capacity) {
            var eldest = byText.entrySet().iterator();
            eldest.next().getValue().cache().release();
            eldest.remove();
        }
    }

    @Override
    public synchronized void close() {
        byText.values().forEach(prefix -> prefix.cache().release());
        byText.clear();
    }
}
