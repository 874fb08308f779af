package pantheon.night.engine.server;

import pantheon.night.contract.Sha256;
import pantheon.night.engine.server.protocol.Language;

/**
 * What a server was found to be.
 *
 * @param claim what it says
 * @param language the language of grammars in which it held to a word
 * @param fingerprint its own name for its settings, empty where it tells none
 * @param tellsCached whether it counts the tokens that came from its cache
 */
record Found(Claim claim, Language language, String fingerprint, boolean tellsCached) {
    /** SHA-256 over all of it that a restart leaves as it is: a server that answers otherwise may not take over. */
    String digest() {
        return Sha256.hex("%s\n%s\n%d\n%s\n%s"
                .formatted(claim.model(), claim.facts(), claim.contextTokens(), language, fingerprint));
    }
}
