package pantheon.night.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.agent.Agent;
import pantheon.night.journal.Shard;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.Task;

/** A shard of a queue, with the folder that all its owners share. */
final class SimulatedShard implements Scene {
    private final Shard shard;
    private final UserRepository repository;
    private final Path folder;
    private final List<Task> queue;
    private final int slots;
    private final int attempts;
    private final List<ShardOwner> owners = new ArrayList<>();
    private Runnable commit = () -> {};
    private boolean shared;

    SimulatedShard(Shard shard, UserRepository repository, Path folder, List<Task> queue, int slots, int attempts) {
        this.shard = shard;
        this.repository = repository;
        this.folder = folder;
        this.queue = queue;
        this.slots = slots;
        this.attempts = attempts;
    }

    Shard shard() {
        return shard;
    }

    /** Those that were started, in their order. */
    List<ShardOwner> owners() {
        return owners;
    }

    /** Names what may happen while an owner makes a commit, before it moves the branch. */
    void onCommit(Runnable meanwhile) {
        commit = meanwhile;
    }

    void commits() {
        commit.run();
    }

    /** A person commits on the branch of its night. */
    void share() {
        shared = true;
    }

    boolean isDone() {
        return owners.stream().anyMatch(ShardOwner::isDone);
    }

    @Override
    public List<Task> queue() {
        return queue;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public UserRepository repository() {
        return repository;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Agent> replayed() {
        return Agents.all();
    }

    @Override
    public Optional<SigningKey> key() {
        return Optional.empty();
    }

    /** An owner that was overtaken may have told of what its successor then did anew, so nothing is held against it. */
    @Override
    public List<Machine.Told> told() {
        return List.of();
    }

    @Override
    public boolean hasLostLines() {
        return false;
    }

    @Override
    public boolean isShared() {
        return shared;
    }
}
