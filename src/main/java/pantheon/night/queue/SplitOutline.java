package pantheon.night.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import pantheon.night.past.History;

/** The outlines of a queue's shards, for any number of them: 16 bytes are kept of a task. */
public final class SplitOutline {
    private final History history;
    private final Split split;
    private final ToLongFunction<Task> length;
    private final Map<QueueOutline.Kind, Members> kinds = new LinkedHashMap<>();

    private record Members(Task first, LongStream.Builder hashes, LongStream.Builder lengths) {}

    /**
     * @param split of any number of shards
     * @param length how long a task is, as {@link QueueOutline} has it
     */
    public SplitOutline(History history, Split split, ToLongFunction<Task> length) {
        this.history = history;
        this.split = split;
        this.length = length;
    }

    /** Takes the next task of the queue; one that has ended in an earlier night is in no shard. */
    public void add(Task task) {
        if (!history.isDone(task.id())) {
            var members = kinds.computeIfAbsent(
                    QueueOutline.Kind.of(task, history),
                    any -> new Members(task, LongStream.builder(), LongStream.builder()));
            members.hashes().add(split.hash(task));
            members.lengths().add(length.applyAsLong(task));
        }
    }

    /** Ends the queue. */
    public Ended end() {
        var all = kinds.values().stream().map(Ended.Kind::new).toList();
        return new Ended(history, all);
    }

    /** A queue that was taken whole. */
    public static final class Ended {
        private final History history;
        private final List<Kind> kinds;

        /** Tasks that run one after the other. */
        private static final class Kind {
            private final Task first;
            private final long[] hashes;
            private final long[] lengths;

            private Kind(Members members) {
                first = members.first();
                hashes = members.hashes().build().toArray();
                lengths = members.lengths().build().toArray();
            }
        }

        private Ended(History history, List<Kind> kinds) {
            this.history = history;
            this.kinds = kinds;
        }

        /** The tasks of each shard, in order. */
        public List<List<QueueOutline.Stretch>> of(int shards) {
            var outlines = IntStream.range(0, shards)
                    .mapToObj(i -> new QueueOutline(history, task -> -1))
                    .toList();
            kinds.forEach(kind -> put(kind, outlines));
            return outlines.stream().map(QueueOutline::stretches).toList();
        }

        private static void put(Kind kind, List<QueueOutline> outlines) {
            for (int i = 0; i < kind.hashes.length; i++) {
                long length = kind.lengths[i];
                outlines.get((int) Long.remainderUnsigned(kind.hashes[i], outlines.size()))
                        .add(kind.first, () -> length);
            }
        }
    }
}
