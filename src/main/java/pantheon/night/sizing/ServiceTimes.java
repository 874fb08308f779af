package pantheon.night.sizing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** How long the tasks of each agent took and how many were accepted, folded from journals. */
public final class ServiceTimes {
    private final Map<String, String> agentByTask = new HashMap<>();
    private final Map<String, Seen> byAgent = new HashMap<>();

    private ServiceTimes() {}

    /**
     * What was seen of one agent.
     *
     * @param tasks how many ended
     * @param accepted how many of those were accepted
     * @param total their time together
     */
    public record Seen(int tasks, int accepted, Duration total) {
        static final Seen NONE = new Seen(0, 0, Duration.ZERO);

        /** The mean time of a task; zero where none was seen. */
        public Duration mean() {
            return tasks == 0 ? Duration.ZERO : total.dividedBy(tasks);
        }
    }

    public static ServiceTimes of(List<Path> journals) {
        var times = new ServiceTimes();
        journals.forEach(file -> JournalReader.read(file, times::take));
        return times;
    }

    private void take(JournalReader.Entry entry) {
        var event = entry.event();
        if (event.task() == null) {
            return;
        }
        if (event.type() == EventType.TASK_STARTED) {
            var data = event.data();
            agentByTask.put(
                    event.task(),
                    key(
                            data.get("night.agent").stringValue(),
                            data.get("night.agent_version").stringValue()));
        } else if (event.type() == EventType.TASK_FINISHED) {
            var agent = agentByTask.remove(event.task());
            if (agent != null) {
                boolean accepted =
                        event.data().get("night.finish_reason").stringValue().equals("accepted");
                var took = Duration.ofMillis(event.data().get("night.task_ms").longValue());
                byAgent.merge(
                        agent,
                        new Seen(1, accepted ? 1 : 0, took),
                        (a, b) -> new Seen(
                                a.tasks() + b.tasks(),
                                a.accepted() + b.accepted(),
                                a.total().plus(b.total())));
            }
        }
    }

    /** What was seen of an agent in this version. */
    public Seen of(String agent, String version) {
        return byAgent.getOrDefault(key(agent, version), Seen.NONE);
    }

    private static String key(String agent, String version) {
        return agent + "@" + version;
    }
}
