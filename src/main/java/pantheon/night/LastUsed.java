package pantheon.night;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was found before, by what it was found for; the one used longest ago goes first. Safe for use by several threads. */
public final class LastUsed<K, V> {
    private final Map<K, V> values;

    /** @param most how many values are kept at most */
    public LastUsed(int most) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The value of a key, found now where there is none; two threads may both find it, and one of theirs is kept. */
    public V get(K key, Supplier<V> finder) {
        var known = known(key);
        if (known != null) {
            return known;
        }
        var found = finder.get();
        synchronized (values) {
            var other = values.putIfAbsent(key, found);
            return other == null ? found : other;
        }
    }

    private @Nullable V known(K key) {
        synchronized (values) {
            return values.get(key);
        }
    }

    /** How many values are kept now. */
    public int size() {
        synchronized (values) {
            return values.size();
        }
    }
}
