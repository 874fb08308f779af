package pantheon.night.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.agent.Agent;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.Task;

/** What nights left behind, and what they were given. */
interface Scene {
    List<Task> queue();

    /** How many tasks may be under way beside one another. */
    int slots();

    /** How often a task may be begun. */
    int attempts();

    UserRepository repository();

    /** Holds artifacts, checkouts and journals. */
    Path folder();

    /** The agents that a replay runs: their tools lie as they did, and do not hang. */
    Map<String, Agent> replayed();

    /** The key that its nights are signed with; empty where they are not. */
    Optional<SigningKey> key();

    /** What somebody outside was told of tasks' endings. */
    List<Machine.Told> told();

    /** Whether the last line of a night that nobody goes on with may be gone. */
    boolean hasLostLines();

    /** Whether a person may have committed on the nights' branches. */
    boolean isShared();

    default Path log() {
        return folder().resolve("log");
    }

    default Path artifacts() {
        return folder().resolve("artifacts");
    }
}
