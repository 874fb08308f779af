package pantheon.night.gather;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.disk.Disk;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.VerifyingKey;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;

/**
 * Where a night is gathered, and with what.
 *
 * @param author of merges
 * @param zone whose time the night is named by
 * @param key what it is signed with, null where it is not
 * @param trusted one of them must have signed all that the shards did; any where there are none
 * @param program the version that gathers, and the digest of its configuration
 * @param hasTasks whether the queue has any for a shard
 * @param mayCheck makes sure that checks may run, before the first one does
 */
public record GatherSite(
        Workspace workspace,
        StateFolder state,
        LogFolder log,
        Disk disk,
        NightClock clock,
        ZoneId zone,
        Identity author,
        @Nullable SigningKey key,
        List<VerifyingKey> trusted,
        Program program,
        Map<String, Agent> agents,
        Runnable mayCheck,
        Predicate<Shard> hasTasks) {
    /**
     * Who gathers.
     *
     * @param configuration SHA-256 over the configuration that is in force
     */
    public record Program(String version, String configuration) {}

    public GatherSite {
        trusted = List.copyOf(trusted);
        agents = KeptOrder.map(agents);
    }

    /** What judges merged texts. */
    GatherChecks checks(List<ShardNight> nights) {
        return new GatherChecks(log, nights, agents, clock, mayCheck);
    }
}
