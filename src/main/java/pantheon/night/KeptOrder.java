package pantheon.night;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Copies that nobody can change, in the order of what was copied. The JDK's own ({@code Map.copyOf}, {@code Set.copyOf})
 * have an order that each start of the JVM chooses anew, and what is read through them reaches messages, files and
 * prompts in another order on each night.
 */
public final class KeptOrder {
    private KeptOrder() {}

    public static <K, V> Map<K, V> map(Map<? extends K, ? extends V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public static <T> Set<T> set(Collection<? extends T> items) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }
}
