package pantheon.night.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.Shard;
import tools.jackson.databind.JsonNode;

/**
 * Which shard of a queue each task is in, by a hash of the file that it is about, or of its id where it is about none. So
 * the tasks of all agents on one file are in one shard, and a task never changes its shard while the number of shards
 * stays.
 *
 * @param agents finds the agent of a task
 * @param shards how many there are
 */
public record Split(Function<Task, Agent> agents, int shards) {
    /** The field that {@code enqueue} writes a file's path to. */
    private static final String PATH = "path";

    /** The number of a task's shard, from 0. */
    public int of(Task task) {
        return (int) Long.remainderUnsigned(hash(task), shards);
    }

    /** What decides it, however many shards there are. */
    long hash(Task task) {
        var digest = Sha256.digest().digest(key(task).getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }

    /** The tasks of one shard, in their order. */
    public List<Task> of(List<Task> queue, Shard shard) {
        return queue.stream().filter(task -> of(task) == shard.index()).toList();
    }

    private String key(Task task) {
        return path(task).orElse(task.id());
    }

    private Optional<String> path(Task task) {
        return Stream.concat(Stream.of(PATH), agents.apply(task).pathFields().stream())
                .flatMap(field -> texts(task.input().path(field)))
                .findFirst();
    }

    private static Stream<String> texts(JsonNode value) {
        var values = value.isArray() ? value.valueStream() : Stream.of(value);
        return values.filter(JsonNode::isString).map(JsonNode::stringValue).filter(text -> !text.isEmpty());
    }
}
