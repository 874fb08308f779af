package pantheon.night.engine.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The KV of the last few prompt prefixes that conversations share: an agent's system turn is prefilled once a night,
 * not once a task. Safe for use by several threads.
 */
final class PrefixCache implements AutoCloseable {
    private static final int[] NONE = {};

    private final int capacity;
    private final Supplier<KvCache> newCache;
    private final Map<String, Prefix> byText = new LinkedHashMap<>(16, 0.75f, true);

    @SuppressWarnings("ArrayRecordComponent") // compared by the text that it belongs to
    private record Prefix(int[] tokens, KvCache cache) {}

    PrefixCache(int capacity, Supplier<KvCache> newCache) {
        this.capacity = capacity;
        this.newCache = newCache;
    }

    /** The tokens of a prefix that is kept; none where it is not. */
    synchronized int[] tokens(String text) {
        var prefix = byText.get(text);
        return prefix == null ? NONE : prefix.tokens();
    }

    /** Copies the KV of a prefix into a cache; false where it is not kept. */
    synchronized boolean copy(String text, KvCache into) {
        var prefix = byText.get(text);
        if (prefix != null) {
            into.copy(prefix.cache());
        }
        return prefix != null;
    }

    /** Keeps a copy of a prefix; the one used longest ago goes where there are too many. */
    synchronized void put(String text, int[] tokens, KvCache cache) {
        if (byText.containsKey(text)) {
            return;
        }
        var copy = newCache.get();
        copy.copy(cache);
        byText.put(text, new Prefix(tokens, copy));
        if (byText.size() > capacity) {
            var eldest = byText.entrySet().iterator();
            eldest.next().getValue().cache().close();
            eldest.remove();
        }
    }

    @Override
    public synchronized void close() {
        byText.values().forEach(prefix -> prefix.cache().close());
        byText.clear();
    }
}
