package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.decision.DecisionLog;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.AgentWaits;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.History;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;

/** A night whose tasks all fail alike. */
final class AlikeNightTest {
    private static final String DECLINED = SmallNight.call("final", "{\"status\": \"fail\"}");

    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void layOut() throws IOException {
        night = SmallNight.layOut(folder, 8);
        night.alike = 3;
    }

    @Test
    void leaves_the_rest_to_a_person_and_goes_on_where_that_one_says_so() {
        var never = SmallNight.engine(prompt -> DECLINED);
        assertEquals(ended(0, 3), night.run(SmallNight.tasks(8), never));
        var result = Objects.requireNonNull(night.result);
        assertEquals(List.of("task-3", "task-4", "task-5", "task-6", "task-7"), result.carryOver());
        assertEquals(ExitCode.WORK_LEFT, result.exitCode());
        assertEquals(1, result.early().size());
        assertEquals(List.of(), night.run(SmallNight.tasks(8), never));
        assertEquals(1, History.journals(night.log()).size());
        release();
        assertEquals(ended(3, 6), night.run(SmallNight.tasks(8), never));
        assertEquals(List.of(), night.run(SmallNight.tasks(8), never));
        release();
        assertEquals(ended(6, 8), night.run(SmallNight.tasks(8), never));
        assertEquals(List.of(), night.result.carryOver());
    }

    @Test
    void tasks_of_other_agents_go_on_beside_those_that_wait_and_each_night_tells_how_many_do() throws IOException {
        night.otherAgents.put("other", agent("other", ""));
        night.run(SmallNight.tasks(8), SmallNight.engine(prompt -> DECLINED));
        var queue = new ArrayList<>(SmallNight.tasks(8));
        queue.add(new Task("beside", "other", Json.object().put("path", "file-0.txt"), 0, List.of()));
        assertEquals(List.of("beside declined"), night.run(queue, SmallNight.engine(prompt -> DECLINED)));
        assertEquals(List.of(), Objects.requireNonNull(night.result).carryOver());
        assertEquals(List.of(new AgentWaits("writer", firstRun(), 1, "declined", 5)), events(AgentWaits.class));
        release();
        assertEquals(ended(3, 6), night.run(SmallNight.tasks(8), SmallNight.engine(prompt -> DECLINED)));
    }

    @Test
    void an_agent_has_a_number_of_its_own() {
        night.alike = 50;
        night.otherAgents.put("two", agent("two", ", \"alike\": 2"));
        night.otherAgents.put("any", agent("any", ", \"alike\": 0"));
        var queue = Stream.of("two", "any")
                .flatMap(agent -> IntStream.range(0, 4)
                        .mapToObj(
                                i -> new Task(agent + i, agent, Json.object().put("path", "file-0.txt"), 0, List.of())))
                .toList();
        var ran = night.run(queue, SmallNight.engine(prompt -> DECLINED));
        assertEquals(List.of("two0", "two1", "any0", "any1", "any2", "any3"), names(ran));
        assertEquals(List.of(new AgentStopped("two", "declined", 2, 1)), events(AgentStopped.class));
    }

    private Agent agent(String name, String more) {
        return new AgentAssembly(night.tools).assemble(Json.parse("""
                {"name": "%s", "version": "1", "model": "rule", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [], "prompt": {"role": "You decline."},
                 "checks": [{"use": "changed"}]%s}""".formatted(name, more)), ChatFormats.QWEN);
    }

    private static List<String> names(List<String> ran) {
        return ran.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    /** Says that all agents go on that wait. */
    private void release() {
        var state = new StateFolder(night.folder);
        var waiting = Waiting.of(History.of(night.log()), Decisions.of(state)).stops();
        assertFalse(waiting.isEmpty());
        new DecisionLog(state, null, SmallNight.CLOCK, words -> {})
                .release(waiting.stream()
                        .map(stop -> new AgentReleased(stop.agent(), stop.run(), stop.number(), "ann", null))
                        .toList());
    }

    private String firstRun() {
        return Journal.run(History.journals(night.log()).getFirst());
    }

    private <E extends NightEvent> List<E> events(Class<E> type) {
        var events = new ArrayList<E>();
        JournalReader.read(night.journal(), entry -> {
            if (type.isInstance(entry.event())) {
                events.add(type.cast(entry.event()));
            }
        });
        return events;
    }

    @Test
    void goes_on_where_the_number_is_zero_or_one_is_accepted_in_between() {
        assertEquals(8, night.run(SmallNight.tasks(8), everyThirdWorks()).size());
        night.alike = 0;
        night.fresh = true;
        var again = IntStream.range(0, 8)
                .mapToObj(
                        i -> new Task("again-" + i, "writer", SmallNight.task(i).input(), 0, List.of()))
                .toList();
        assertEquals(8, night.run(again, SmallNight.engine(prompt -> DECLINED)).size());
    }

    @Test
    void comes_to_the_same_end_when_it_is_interrupted_in_between() {
        var asked = new AtomicInteger();
        var failing = SmallNight.engine(prompt -> {
            if (asked.incrementAndGet() == 3) {
                throw new NightException(ExitCode.SOFTWARE, "the engine is gone");
            }
            return DECLINED;
        });
        assertThrows(NightException.class, () -> night.run(SmallNight.tasks(8), failing));
        var rest = night.run(SmallNight.tasks(8), SmallNight.engine(prompt -> DECLINED));
        assertEquals(1, rest.size());
        assertEquals(1, events(AgentStopped.class).size());
        assertEquals(5, Objects.requireNonNull(night.result).carryOver().size());
    }

    @Test
    void a_night_that_is_killed_behind_a_stop_goes_on_where_a_person_says_so_meanwhile() {
        var declining = SmallNight.engine(prompt -> DECLINED);
        night.otherAgents.put("two", agent("two", ", \"alike\": 2"));
        var asked = new AtomicInteger();
        var failing = SmallNight.engine(prompt -> {
            if (asked.incrementAndGet() == 3) {
                throw new NightException(ExitCode.SOFTWARE, "the engine is gone");
            }
            return DECLINED;
        });
        var queue = IntStream.range(0, 6)
                .mapToObj(i -> new Task(
                        "t" + i,
                        i == 3 ? "writer" : "two",
                        Json.object().put("path", "file-0.txt"),
                        i == 3 ? -1 : 0,
                        List.of()))
                .toList();
        assertThrows(NightException.class, () -> night.run(queue, failing));
        release();
        assertEquals(List.of("t2", "t4", "t3"), names(night.run(queue, declining)));
        assertEquals(
                List.of(1, 2),
                events(AgentStopped.class).stream().map(AgentStopped::number).toList());
        assertEquals(List.of("t5"), Objects.requireNonNull(night.result).carryOver());
        release();
        assertEquals(List.of("t5"), names(night.run(queue, declining)));
    }

    private static Engine everyThirdWorks() {
        var tasks = new AtomicInteger();
        return SmallNight.engine(prompt -> {
            if (prompt.contains("<tool_response>")) {
                return SmallNight.call("final", "{\"status\": \"done\"}");
            }
            return tasks.incrementAndGet() % 3 == 0
                    ? SmallNight.call("write_file", "{\"text\": \"done\\n\"}")
                    : DECLINED;
        });
    }

    private static List<String> ended(int from, int to) {
        return IntStream.range(from, to).mapToObj("task-%d declined"::formatted).toList();
    }
}
