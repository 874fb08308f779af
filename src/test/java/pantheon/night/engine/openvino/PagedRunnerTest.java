package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.engine.decode.Runner;
import pantheon.night.engine.decode.Sequence;
import pantheon.night.engine.decode.Share;
import pantheon.night.model.ir.IrGraph;

class PagedRunnerTest {
    private static final int CONTEXT = 300;
    private static final int[] TEXT =
            IntStream.range(0, CONTEXT).map(i -> 1 + i * 37 % 200).toArray();

    @TempDir
    private static Path folder;

    private static PagedRunner paged;
    private static Runner alone;
    private final List<Sequence> open = new ArrayList<>();

    @BeforeAll
    static void load() throws Exception {
        var model = TestIr.writeSpeaker(folder.resolve("speaker"), "abc");
        paged = new PagedRunner(TestIr.network(model, true), 4, CONTEXT);
        alone = new OneRowRunner(TestIr.network(model, false));
    }

    @AfterAll
    static void close() {
        paged.close();
        alone.close();
    }

    @AfterEach
    void give_back() {
        open.forEach(Sequence::close);
        assertEquals(paged.pool().capacity(), paged.pool().unused(), "blocks that nobody has");
    }

    private Sequence sequence() {
        var sequence = paged.open();
        open.add(sequence);
        return sequence;
    }

    /** A sequence of the text's first tokens. */
    private Sequence read(int tokens) {
        var sequence = sequence();
        append(sequence, tokens);
        return sequence;
    }

    /** Appends tokens of the text; the logits behind the last. */
    private static float[] append(Sequence sequence, int tokens) {
        return run(paged, sequence, Arrays.copyOfRange(TEXT, sequence.tokens(), sequence.tokens() + tokens));
    }

    private static float[] run(Runner runner, Sequence sequence, int... tokens) {
        return runner.run(List.of(new Share(sequence, tokens, 1)))[0].clone();
    }

    private static void assertClose(float[] expected, float[] actual) {
        assertArrayEquals(expected, actual, 1e-4f);
    }

    @Test
    void blocks_are_the_librarys_of_thirty_two_tokens() {
        assertEquals(32, paged.pool().blockTokens());
        assertEquals(2 * 2 * 32 * Float.BYTES, paged.tokenBytes(), "keys and values, two heads of 32 numbers");
    }

    @Test
    void what_is_computed_hangs_on_all_tokens_before() {
        var one = read(70);
        var other = sequence();
        run(paged, other, IntStream.range(0, 70).map(i -> 5).toArray());
        assertFalse(Arrays.equals(run(paged, one, 9), run(paged, other, 9)));
    }

    @Test
    void it_computes_what_the_graph_does_with_keys_and_values_of_its_own() {
        try (var sequence = alone.open()) {
            for (int count : new int[] {1, 40, 1, 1, 30, 64}) {
                int before = sequence.tokens();
                var expected = run(alone, sequence, Arrays.copyOfRange(TEXT, before, before + count));
                assertClose(expected, append(before == 0 ? sequence() : read(before), count));
            }
        }
    }

    @Test
    void sequences_beside_one_another_are_what_they_are_alone() {
        var lengths = new int[] {3, 40, 64, 100};
        var counts = new int[] {1, 5, 1, 1};
        var expected = new float[lengths.length][];
        var shares = new ArrayList<Share>();
        for (int i = 0; i < lengths.length; i++) {
            var sequence = read(lengths[i]);
            expected[i] = append(sequence, counts[i]);
            sequence.truncate(lengths[i]);
            shares.add(new Share(sequence, Arrays.copyOfRange(TEXT, lengths[i], lengths[i] + counts[i]), 1));
        }
        var together = paged.run(shares);
        float tolerance = paged.isEqualBesideOthers() ? 0 : 1e-4f; // as the processor has it
        for (int i = 0; i < lengths.length; i++) {
            assertArrayEquals(expected[i], together[i], tolerance, "sequence " + i);
        }
    }

    /** Several threads divide the attention of a few long sequences in another way than that of many. */
    @ParameterizedTest
    @CsvSource({"2, F32", "2, INT8", "3, F32", "4, INT8"})
    void a_long_sequence_is_beside_others_what_it_is_alone(int threads, Precision precision) throws Exception {
        var network = TestIr.network(folder.resolve("speaker"), threads, precision);
        try (var runner = new PagedRunner(network, 4, CONTEXT)) {
            var sequences = List.of(runner.open(), runner.open(), runner.open(), runner.open());
            sequences.forEach(each -> run(runner, each, Arrays.copyOf(TEXT, CONTEXT - 1)));
            var alone = run(runner, sequences.getFirst(), 9);
            for (int rows = 2; rows <= sequences.size(); rows++) {
                sequences.forEach(each -> each.truncate(CONTEXT - 1));
                var shares = sequences.subList(0, rows).stream()
                        .map(each -> new Share(each, new int[] {9}, 1))
                        .toList();
                float tolerance = runner.isEqualBesideOthers() ? 0 : 1e-4f; // as the processor has it
                assertArrayEquals(alone, runner.run(shares)[0], tolerance, rows + " rows");
            }
            sequences.forEach(Sequence::close);
        }
    }

    @Test
    void the_logits_behind_several_tokens_are_those_of_each() {
        var sequence = read(20);
        var rows = paged.run(List.of(new Share(sequence, Arrays.copyOfRange(TEXT, 20, 26), 3)));
        for (int i = 0; i < 3; i++) {
            assertClose(append(read(20 + 3 + i), 1), rows[i]);
        }
    }

    @Test
    void a_prefix_is_shared_by_its_blocks() {
        var first = read(96);
        int used = paged.pool().capacity() - paged.pool().unused();
        try (var kept = first.keep(64)) {
            var second = sequence();
            second.restore(kept, 64);
            assertEquals(used, paged.pool().capacity() - paged.pool().unused(), "no block more");
            assertClose(append(read(64), 10), append(second, 10));
        }
        first.truncate(64);
        assertClose(append(read(64), 10), append(first, 10), "what the second wrote is not in the first");
    }

    private static void assertClose(float[] expected, float[] actual, String what) {
        assertArrayEquals(expected, actual, 1e-4f, what);
    }

    @Test
    void a_prefix_that_ends_within_a_block_is_copied_where_somebody_goes_on() {
        var first = read(40);
        try (var kept = first.keep(40)) {
            var second = sequence();
            second.restore(kept, 40);
            run(paged, first, 7, 8, 9);
            run(paged, second, 10, 11, 12);
            first.restore(kept, 40);
            second.restore(kept, 35);
            assertClose(append(read(40), 5), append(first, 5));
            assertClose(append(read(35), 5), append(second, 5));
        }
    }

    @Test
    void sequences_of_the_whole_context_have_their_room_side_by_side() {
        var sequences = List.of(read(CONTEXT), read(CONTEXT), read(CONTEXT), read(CONTEXT));
        sequences.getFirst().truncate(CONTEXT - 1);
        sequences.getLast().truncate(CONTEXT - 1);
        assertArrayEquals(append(sequences.getFirst(), 1), append(sequences.getLast(), 1));
    }

    @Test
    void memory_is_taken_as_blocks_are_written_to() throws Exception {
        long before = Resident.kib("VmRSS");
        try (var large = new PagedRunner(TestIr.network(folder.resolve("speaker"), true), 4, 1_000_000);
                var sequence = large.open()) {
            run(large, sequence, Arrays.copyOf(TEXT, CONTEXT));
            long reserved = (large.pool().capacity() * large.pool().blockBytes()) >> 10;
            assertTrue(reserved > (2 << 20), reserved + " KiB");
            long taken = Resident.kib("VmRSS") - before;
            assertTrue(taken < (256 << 10), () -> "%d of %d KiB".formatted(taken, reserved));
        }
    }

    @Test
    void no_more_blocks_are_given_than_the_memory_that_is_promised() {
        var pool = paged.pool();
        int most = (10 + 1) * 4 + 2 * 10 + 8;
        var taken = new ArrayList<Integer>();
        while (taken.size() < most) {
            taken.add(pool.take());
        }
        assertThrows(IllegalStateException.class, pool::take);
        taken.forEach(pool::leave);
    }

    @Test
    void a_new_request_finds_what_was_computed() {
        var sequence = read(50);
        paged.rebuild();
        assertTrue(paged.isSound());
        assertClose(append(read(50), 1), append(sequence, 1));
    }

    @Test
    void one_that_keeps_keys_and_values_itself_forgets_all_where_it_is_cut() {
        try (var sequence = alone.open()) {
            var said = run(alone, sequence, 3, 4, 5);
            sequence.truncate(2);
            assertEquals(0, sequence.tokens());
            assertArrayEquals(said, run(alone, sequence, 3, 4, 5));
            assertTrue(alone.isSound());
            assertEquals(1, alone.sequences());
        }
    }

    @Test
    void a_graph_says_what_can_be_paged() throws Exception {
        var graph = IrGraph.of(folder.resolve("speaker").resolve(IrGraph.GRAPH));
        assertTrue(graph.isPageable());
        assertEquals(2 * 2 * 32, graph.tokenNumbers());
    }
}
