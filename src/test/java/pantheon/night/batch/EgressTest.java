package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Engine;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;
import pantheon.night.past.History;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Proofs in the journal: at the start, after an interruption, and before each tool that asks for one. */
final class EgressTest {
    private static final Evidence ABSENT = new Evidence(PreflightCheck.GATE, false, "no file", false);
    private static final Evidence PRESENT = new Evidence(PreflightCheck.GATE, true, "a file", false);
    private static final Evidence MISSING = new Evidence(PreflightCheck.SOCKETS, false, "AF_INET made", true);

    @TempDir
    private Path folder;

    private SmallNight night;

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 1);
    }

    /** Each task calls a tool twice that has the proof renewed, as a command tool does. */
    private void run(Evidence atStart, Evidence... later) {
        var renewals = new AtomicInteger();
        night.egress = new Egress(
                () -> new EgressProof(List.of(atStart)),
                () -> new EgressProof(List.of(later[Math.min(renewals.getAndIncrement(), later.length - 1)])));
        night.tools = new TreeMap<>(BuiltInTools.all());
        night.tools.computeIfPresent("compute_diff", (name, tool) -> new Proving(tool, night.egress));
        night.run(SmallNight.tasks(1), twoCalls());
    }

    private static Engine twoCalls() {
        return SmallNight.engine(prompt -> switch (prompt.split("<tool_response>", -1).length) {
            case 1, 3 -> SmallNight.call("compute_diff", "{}");
            case 2 -> SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
            default -> SmallNight.call("final", "{\"status\": \"done\"}");
        });
    }

    private List<JournalReader.Entry> journal() {
        var entries = new ArrayList<JournalReader.Entry>();
        JournalReader.read(night.journal(), entries::add);
        return entries;
    }

    private List<ObjectNode> proofs() {
        return journal().stream()
                .filter(entry -> EventType.of(entry.event()) == EventType.EGRESS_PROVEN)
                .map(entry -> EventCodec.data(entry.event()))
                .toList();
    }

    @Test
    void the_start_tells_everything_and_a_tool_that_nothing_has_changed() {
        run(ABSENT, ABSENT);
        var proofs = proofs();
        assertEquals(
                List.of("start", "command_tool", "command_tool"),
                proofs.stream()
                        .map(proof -> proof.get("night.moment").stringValue())
                        .toList());
        assertEquals("gate", proofs.getFirst().at("/night.evidence/0/check").stringValue());
        assertFalse(proofs.getFirst().at("/night.evidence/0/holds").booleanValue());
        for (var proof : proofs.subList(1, 3)) {
            assertFalse(proof.has("night.evidence"));
            assertEquals(proofs.getFirst().get("night.evidence_digest"), proof.get("night.evidence_digest"));
        }
    }

    @Test
    void the_proof_stands_between_a_call_and_its_return() {
        run(ABSENT, ABSENT);
        var types = journal().stream().map(entry -> EventType.of(entry.event())).toList();
        assertEquals(EventType.EGRESS_PROVEN, types.get(types.indexOf(EventType.NIGHT_STARTED) + 1));
        int called = types.indexOf(EventType.TOOL_CALLED);
        assertEquals(List.of(EventType.EGRESS_PROVEN, EventType.TOOL_RETURNED), types.subList(called + 1, called + 3));
    }

    @Test
    void what_has_changed_is_told_whole() {
        run(ABSENT, ABSENT, PRESENT);
        var proofs = proofs();
        assertFalse(proofs.get(1).has("night.evidence"));
        assertTrue(proofs.get(2).at("/night.evidence/0/holds").booleanValue());
    }

    @Test
    void a_proof_that_fails_ends_the_night_before_the_tool_runs_and_the_next_start_proves_anew() {
        var refused = assertThrows(NightException.class, () -> run(ABSENT, ABSENT, MISSING));
        assertEquals(ExitCode.EGRESS, refused.exitCode());
        assertTrue(refused.getMessage().contains("sockets: found AF_INET made"), refused.getMessage());
        var last = journal().getLast().event();
        assertEquals("failed", EventCodec.data(last).get("night.outcome").stringValue());
        assertTrue(EventCodec.data(last).get("night.message").stringValue().contains("sockets"));
        run(ABSENT, ABSENT);
        assertEquals("resume", proofs().get(2).get("night.moment").stringValue());
    }

    @Test
    void nothing_starts_on_a_proof_that_fails() {
        assertThrows(NightException.class, () -> run(MISSING, MISSING));
        assertEquals(List.of(), History.journals(night.log()));
    }

    /** A tool that has the proof renewed before it runs. */
    private static final class Proving extends ForwardingTool {
        private final Egress egress;

        Proving(Tool tool, Egress egress) {
            super(tool);
            this.egress = egress;
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
            egress.renew();
            return tool.call(arguments, task);
        }
    }
}
