package pantheon.night.grammar.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** The real matchers of llama.cpp, llguidance and xgrammar, as {@code src/test/setup.sh} installs them. */
final class Judges implements AutoCloseable {
    private static final Path PACKAGES = Path.of("target/judges").toAbsolutePath();

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    Judges() throws IOException {
        if (!Files.exists(PACKAGES)) {
            throw new IllegalStateException("there is no %s; run src/test/setup.sh".formatted(PACKAGES));
        }
        var builder = new ProcessBuilder("python3", "src/test/judges/judge.py")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONPATH", PACKAGES.toString());
        process = builder.start();
        questions = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
    }

    /** Whether each of some texts is taken, or {@code error} where the grammar is refused. */
    JsonNode judge(Dialect dialect, String grammar, List<String> texts) {
        var question = Json.object();
        question.put("dialect", dialect.name());
        question.put("grammar", grammar);
        texts.forEach(question.putArray("texts")::add);
        try {
            questions.write(Json.write(question) + "\n");
            questions.flush();
            return Json.parse(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroy();
    }
}
