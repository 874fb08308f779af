package pantheon.night.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import pantheon.night.agent.Agent;
import pantheon.night.agent.StopSignal;
import pantheon.night.agent.ToolLoop;
import pantheon.night.contract.Json;
import pantheon.night.local.SystemClock;
import pantheon.night.outcome.FinishReason;
import pantheon.night.trainer.docs.DocumentGenerator;

/**
 * Green traces to learn from: the ordinary tool loop, with the {@link Oracle} in place of the model, over generated
 * documents. A trace counts if the agent's own acceptance checks pass it, or if it rightly declines.
 */
final class TraceSource implements ExampleSource {
    private final Agent agent;
    private final Map<String, Map<String, String>> allowedBySpelling;
    private final DocumentGenerator documents;
    private final Path directory;
    private final String prefix;

    /**
     * @param allowedBySpelling key → spelling in lower case → allowed value; the empty spelling is the default
     * @param directory where each document is laid out in its turn
     */
    TraceSource(
            Agent agent,
            Map<String, Map<String, String>> allowedBySpelling,
            DocumentGenerator documents,
            Path directory) {
        this.agent = agent;
        this.allowedBySpelling = allowedBySpelling;
        this.documents = documents;
        this.directory = directory;
        this.prefix = agent.prompt().opening(agent.format(), agent.cards());
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public List<Segment> next() {
        while (true) {
            var document = documents.next();
            var oracle = new Oracle(prefix, allowedBySpelling);
            var files = new OneFile(directory, document, OneFile.alone(document));
            try {
                var input = Json.object().put("path", document.path());
                var ending = new ToolLoop(
                                agent,
                                input,
                                files,
                                oracle,
                                agent.format().control(List.of()),
                                new SystemClock(),
                                StopSignal.never(),
                                new SilentLog())
                        .run();
                if (ending.accepted() || ending.reason() == FinishReason.DECLINED) {
                    return oracle.segments();
                }
            } finally {
                files.remove();
            }
        }
    }
}
