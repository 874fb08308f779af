package pantheon.night.lease;

import java.time.Duration;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in a lease's file.
 *
 * @param epoch the file's number: the owner of the highest one is the owner
 * @param renewal how often it was renewed; -1 where the file cannot be read, as while it is being made
 * @param time for how long it holds after that
 * @param released whether its owner has ended
 */
record Lease(long epoch, long renewal, Owner owner, Duration time, boolean released) {
    static Lease unreadable(long epoch) {
        return new Lease(epoch, -1, Owner.UNKNOWN, Duration.ZERO, false);
    }

    Lease renewed() {
        return new Lease(epoch, renewal + 1, owner, time, false);
    }

    Lease asReleased() {
        return new Lease(epoch, renewal + 1, owner, time, true);
    }

    String text() {
        ObjectNode json = Json.object()
                .put("renewal", renewal)
                .put("lease_ms", time.toMillis())
                .put("released", released);
        json.set("owner", owner.json());
        return Json.write(json) + "\n";
    }

    /** Reads {@link #text} back. */
    static Lease of(long epoch, String text) {
        try {
            var json = Json.parse(text);
            return json.path("owner").isObject()
                    ? new Lease(
                            epoch,
                            json.path("renewal").asLong(-1),
                            Owner.of(json.get("owner")),
                            Duration.ofMillis(json.path("lease_ms").asLong(0)),
                            json.path("released").asBoolean(false))
                    : unreadable(epoch);
        } catch (JacksonException e) {
            return unreadable(epoch);
        }
    }
}
