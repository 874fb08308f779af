package pantheon.night.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of the parts that a queue is split into, for nights on several machines.
 *
 * @param index which one, from 0
 * @param of how many there are, 1 to {@value #MOST}
 */
public record Shard(int index, int of) {
    /** More shards than this are refused. */
    public static final int MOST = 100_000;

    /** How a task's shard is found, by name: the first 64 bits of a SHA-256, big-endian and unsigned, modulo the shards. */
    public static final String HASH = "sha256-64";

    public Shard {
        if (of < 1 || of > MOST || index < 0 || index >= of) {
            throw new IllegalArgumentException(
                    "shard %d of %d; expected 0 to one less than the number of shards, and 1 to %d of these"
                            .formatted(index, of, MOST));
        }
    }

    /** Whether two nights do the same part of a queue; the only shard of a queue is all of it. */
    public static boolean isSame(@Nullable Shard one, @Nullable Shard other) {
        return (one == null || other == null) ? isWhole(one) && isWhole(other) : one.equals(other);
    }

    private static boolean isWhole(@Nullable Shard shard) {
        return shard == null || shard.of == 1;
    }

    /** What the ids of its nights end in, behind a hyphen. */
    public String mark() {
        return "s" + index;
    }

    /** As it is written on a command line. */
    public String text() {
        return index + "/" + of;
    }

    /** For messages: {@code shard 3 of 6}. */
    public String words() {
        return "shard %d of %d".formatted(index, of);
    }

    public ObjectNode json() {
        return Json.object().put("index", index).put("of", of);
    }

    /** Reads {@link #json} back; empty where it is no shard. */
    public static Optional<Shard> of(JsonNode json) {
        var index = json.path("index");
        var of = json.path("of");
        if (!index.canConvertToInt() || !of.canConvertToInt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Shard(index.intValue(), of.intValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
