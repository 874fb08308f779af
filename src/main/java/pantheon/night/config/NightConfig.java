package pantheon.night.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;

/**
 * The configuration in force.
 *
 * @param workspace the git repository to work on
 * @param queue a queue file, or a folder of {@code *.jsonl}
 * @param state the folder for scratch checkouts and artifacts
 * @param log the folder for journals
 * @param agents the folder of agent files
 * @param tools the folder of command tools, possibly absent
 * @param models by the name that agents use
 * @param slots how many tasks may be under way beside one another; 0 for as many as the models serve at once
 * @param shards how many shards the queue is split into; 0 where it is not
 * @param lease for how long the owner of a shard may be silent until another may take it over
 * @param until when the night ends, null for no end
 * @param grace how long a task may go on after the window has closed
 * @param overdue how long a task may go on after its own limits until the process is taken to hang
 * @param attempts how often a task may be begun
 * @param alike after how many tasks in a row that failed alike no other of their agent begins; 0 for never
 * @param mostTasks how many tasks a night does; 0 for any number
 * @param mostTokens how many tokens models generate in a night until no further task begins; 0 for any number
 * @param egress what must be proven before anything starts
 * @param signingKey the file of the key that statements are signed with, null where none is named
 * @param retention which old nights are kept
 */
public record NightConfig(
        Path workspace,
        Path queue,
        Path state,
        Path log,
        Path agents,
        Path tools,
        Map<String, Model> models,
        int slots,
        int shards,
        Duration lease,
        @Nullable String until,
        Duration grace,
        Duration overdue,
        int attempts,
        int alike,
        int mostTasks,
        long mostTokens,
        Egress egress,
        String gitName,
        String gitEmail,
        @Nullable Path signingKey,
        Retention retention) {
    public NightConfig {
        models = KeptOrder.map(models);
    }

    /**
     * A local model.
     *
     * @param path its folder; of one that a server runs the folder of its tokenizer, null where none is at hand
     * @param threads the threads of one operation
     * @param contextTokens the most tokens of prompt and generation; 0 for the model's own
     * @param sequences how many conversations this process goes on with at once; 1 where a server runs it
     * @param format the name of the chat format, null for that of its folder
     * @param decoding how this process computes the tokens behind a prompt, {@code exact} or {@code fast}
     * @param server what runs it, null for this process
     * @param openVino how OpenVINO runs it in this process, null where it does not
     */
    public record Model(
            @Nullable Path path,
            int threads,
            int contextTokens,
            int sequences,
            @Nullable String format,
            String decoding,
            @Nullable Server server,
            @Nullable OpenVino openVino) {
        /** One that OpenVINO does not run. */
        public Model(
                @Nullable Path path,
                int threads,
                int contextTokens,
                int sequences,
                @Nullable String format,
                String decoding,
                @Nullable Server server) {
            this(path, threads, contextTokens, sequences, format, decoding, server, null);
        }

        /** One that runs in this process, one conversation at a time. */
        public Model(Path path, int threads, int contextTokens, @Nullable String format) {
            this(path, threads, contextTokens, 1, format, "fast", null);
        }

        /** The same model, run otherwise. */
        public Model with(int otherThreads, int otherSequences) {
            return new Model(path, otherThreads, contextTokens, otherSequences, format, decoding, server, openVino);
        }
    }

    /**
     * A server on this machine.
     *
     * @param socket its Unix socket
     * @param model the model's name there, null where it serves one alone
     * @param adapter the name of a LoRA adapter there, null for none
     * @param sequences how many requests it is asked at once, 0 for as many as it says
     * @param patience how long it may take to be ready, and to begin an answer
     * @param silence how long it may say nothing within an answer
     */
    public record Server(
            Path socket,
            @Nullable String model,
            @Nullable String adapter,
            int sequences,
            Duration patience,
            Duration silence) {}

    /**
     * OpenVINO in this process.
     *
     * @param libraries the folder of its libraries, null for the usual ones
     * @param device {@code CPU}, {@code GPU} or {@code NPU}, possibly with a number behind a dot
     * @param precision {@code f32}, {@code bf16}, {@code f16} or {@code int8}
     */
    public record OpenVino(@Nullable Path libraries, String device, String precision) {}

    /**
     * What must be proven before anything starts, beside what the process does itself.
     *
     * @param require the layers around the process that must be there, by their codes
     * @param gate the file that the gate unit leaves
     */
    public record Egress(List<String> require, Path gate) {
        /** Where the gate unit leaves its proof. */
        public static final Path GATE = Path.of("/run/pantheon-night-gate/proof.json");

        public Egress {
            require = List.copyOf(require);
        }
    }

    /**
     * Which old nights are kept.
     *
     * @param nights how many, the newest; 0 for any number
     * @param bytes how much their journals and artifacts take together; 0 for any size
     * @param nightly whether a night prunes the others at its end
     */
    public record Retention(int nights, long bytes, boolean nightly) {}
}
