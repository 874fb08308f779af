package pantheon.night.config;

import java.util.Map;

/** An amount of storage as a person writes it: {@code 500MB}, {@code 20GB}, in decimal units. */
public final class Size {
    private static final Map<Character, Long> UNITS =
            Map.of('K', 1_000L, 'M', 1_000_000L, 'G', 1_000_000_000L, 'T', 1_000_000_000_000L);

    private Size() {}

    /**
     * The bytes of an amount that is valid against the configuration's schema.
     *
     * @throws IllegalArgumentException where it is no whole number with a unit
     */
    public static long bytes(String text) {
        if (!text.matches("[0-9]{1,6}[KMGT]?B")) {
            throw new IllegalArgumentException("no size such as 20GB: " + text);
        }
        int digits = text.replaceAll("[^0-9]", "").length();
        return Long.parseLong(text.substring(0, digits)) * UNITS.getOrDefault(text.charAt(digits), 1L);
    }

    /** An amount in words, for a person: three digits and a unit. */
    public static String words(long bytes) {
        for (var unit : new char[] {'T', 'G', 'M', 'K'}) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes >= size) {
                return "%.1f %cB".formatted(bytes / (double) size, unit);
            }
        }
        return bytes + " B";
    }
}
