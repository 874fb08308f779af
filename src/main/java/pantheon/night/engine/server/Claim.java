package pantheon.night.engine.server;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.engine.server.protocol.ServerKind;

/**
 * What a server says of itself.
 *
 * @param kind how it is talked to
 * @param model the name of the model
 * @param contextTokens the most tokens of a request and its answer
 * @param sequences how many requests it answers at once, 0 where it does not tell
 * @param facts all that the journal is told, by name; what a restart of the same server with the same model changes is none
 */
record Claim(ServerKind kind, String model, int contextTokens, int sequences, Map<String, String> facts) {
    Claim {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}
