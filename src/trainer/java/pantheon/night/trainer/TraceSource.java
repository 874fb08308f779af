package pantheon.night.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Reply;
import pantheon.night.agent.StopSignal;
import pantheon.night.agent.TaskLog;
import pantheon.night.agent.ToolLoop;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.contract.Json;
import pantheon.night.engine.Generation;
import pantheon.night.local.SystemClock;
import pantheon.night.outcome.FinishReason;
import pantheon.night.tool.ToolResult;
import pantheon.night.trainer.docs.DocumentGenerator;
import pantheon.night.trainer.docs.SampleDocument;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

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
            var files = new OneFile(directory, document);
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
                                new Silent())
                        .run();
                if (ending.accepted() || ending.reason() == FinishReason.DECLINED) {
                    return oracle.segments();
                }
            } finally {
                files.remove();
            }
        }
    }

    /** A checkout of one file, laid out as a plain directory. */
    private static final class OneFile implements TaskFiles {
        private final Path root;
        private final SampleDocument document;
        private final ScratchFiles files;

        OneFile(Path root, SampleDocument document) {
            this.root = root;
            this.document = document;
            try {
                var file = root.resolve(document.path());
                Files.createDirectories(file.getParent());
                Files.write(file, document.content());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.files = ScratchFiles.at(root);
        }

        void remove() {
            try {
                for (var file = root.resolve(document.path());
                        file != null && !file.equals(root);
                        file = file.getParent()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ScratchFiles files() {
            return files;
        }

        @Override
        public BaseFiles base() {
            return new OneBase(document);
        }

        @Override
        public Changes changes() throws PathRefused {
            return new OneChange(document, files.read(document.path()));
        }

        @Override
        public Changes left() throws PathRefused {
            return changes(); // nobody writes once an oracle has ended
        }
    }

    /** The one file as it was. */
    private record OneBase(SampleDocument document) implements BaseFiles {
        @Override
        public String commit() {
            return document.path();
        }

        @Override
        public List<Moved> moved() {
            return List.of();
        }

        @Override
        public List<String> paths() {
            return List.of(document.path());
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            if (!path.equals(document.path())) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return document.content();
        }
    }

    /** What has become of the one file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OneChange(SampleDocument document, byte[] now) implements TaskFiles.Changes {
        @Override
        public List<String> paths() {
            return Arrays.equals(now, document.content()) ? List.of() : List.of(document.path());
        }

        @Override
        public byte @Nullable [] original(String path) {
            return path.equals(document.path()) ? document.content() : null;
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            if (!path.equals(document.path())) {
                throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
            }
            return now;
        }

        @Override
        public String patch() {
            return paths().toString(); // an oracle never turns in circles
        }
    }

    private static final class Silent implements TaskLog {
        @Override
        public void generated(int step, String prompt, Generation generation, List<Chosen> chosen) {}

        @Override
        public void rejected(int step, int failures, Reply.OffSchema reply) {}

        @Override
        public void called(int step, String callId, String tool, ObjectNode arguments) {}

        @Override
        public void returned(String callId, String tool, ToolResult result, Duration elapsed) {}

        @Override
        public void checked(CheckResult result, Duration elapsed) {}
    }
}
