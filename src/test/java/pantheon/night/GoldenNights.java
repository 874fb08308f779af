package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * Nights that an earlier version recorded, laid out to be looked at again, with what that version made of them; {@code
 * src/test/golden.sh} wrote both.
 *
 * @param kept where the nights of a place are kept
 * @param place a copy of it, complete with repository and artifacts
 */
public record GoldenNights(Path kept, Path place) {
    private static final Path VERSION = Path.of("src/test/resources/golden/53adb37");

    private static final Pattern OF_THE_MOMENT =
            Pattern.compile("(\"(?:start|until|cpu|cores|memory_bytes|free_bytes)\" : )(?:\"[^\"]*\"|\\d+)");

    /** A command line of the program, by the name that what it said is kept under. */
    public record Line(String name, List<String> words) {
        boolean isMining() {
            return words.getFirst().equals("mine");
        }

        /** Whether what it writes has changed on purpose since, and is kept as it is written now. */
        boolean isKeptAnew() {
            return isMining() || List.of("report", "metrics").contains(words.getFirst());
        }

        boolean isReplay() {
            return words.getFirst().equals("replay");
        }
    }

    /** The places; each has a repository, a queue, and journals of its own. */
    public static List<String> places() {
        return List.of("nights", "signed", "failed", "killed");
    }

    /** The journals of all places, as they are kept; the lists of pruned nights are among them. */
    public static List<Path> journals() throws IOException {
        try (var files = Files.walk(VERSION)) {
            return files.filter(file -> file.toString().matches(".*/log/.*\\.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /** The journals of this place's nights, oldest first. */
    public List<Path> nights() throws IOException {
        try (var files = Files.list(place.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /** What a part of the program folds of the nights is what it was. */
    public void assertFold(String name, JsonNode now) throws IOException {
        var file = kept.resolve("folds").resolve(name);
        var text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(kept.resolve("folds"));
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text, name);
    }

    /** Lays a place out below a folder. */
    public static GoldenNights layOut(String name, Path folder) throws IOException {
        var nights = new GoldenNights(VERSION.resolve(name), folder.resolve(name));
        run("cp", "-R", nights.kept.toString(), nights.place.toString());
        run(
                "tar",
                "-C",
                nights.place.toString(),
                "-xzf",
                nights.place.resolve("files.tar.gz").toString());
        return nights;
    }

    private static void run(String... command) throws IOException {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new AssertionError("%s ended with %d".formatted(List.of(command), status));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The command lines that replay. */
    public List<Line> replays() throws IOException {
        return lines(Line::isReplay);
    }

    /** All other command lines. */
    public List<Line> looks() throws IOException {
        return lines(Predicate.not(Line::isReplay));
    }

    private List<Line> lines(Predicate<Line> wanted) throws IOException {
        return Files.readAllLines(kept.resolve("commands.txt")).stream()
                .map(this::line)
                .filter(wanted)
                .toList();
    }

    private Line line(String text) {
        var words = List.of(text.replace("{place}", place.toString()).split(" ", -1));
        return new Line(words.getFirst(), words.subList(1, words.size()));
    }

    /** The words of a command line, with the configuration of this place before them. */
    public String[] arguments(Line line) {
        var words = new ArrayList<>(
                List.of("--config", place.resolve("pantheon-night.yaml").toString()));
        words.addAll(line.words());
        return words.toArray(String[]::new);
    }

    /** What the earlier version said to a command line; today's says the same, but for one thing in the singular. */
    public String expected(Line line) throws IOException {
        return Files.readString(kept.resolve("expected/%s.txt".formatted(line.name())))
                .replaceAll("\\b1 (task|night|file|line|attempt)s\\b", "1 $1")
                .replaceAll("; (\\d+ nights?) with (.*) are left", "; $1 with $2 left");
    }

    /** What is said now, in the same form: without what is of the moment or of the machine. */
    public String said(int status, String out, String err) {
        var text = "exit %d\n\n%s\n%s".formatted(status, out, err);
        return OF_THE_MOMENT.matcher(neutral(text)).replaceAll("$1\"…\"");
    }

    private String neutral(String text) {
        return text.replace(place.toString(), "/golden");
    }

    /** The files that the earlier version wrote, by their names. */
    public Map<String, String> expectedFiles() throws IOException {
        return files(kept.resolve("expected"), name -> name.contains("/"));
    }

    /** Keeps what is made of the nights now, where that has changed on purpose. */
    public void keepAnew(Line line, String said) throws IOException {
        Files.writeString(kept.resolve("expected/%s.txt".formatted(line.name())), said);
        var folder = kept.resolve("expected").resolve(line.name());
        run("rm", "-rf", folder.toString());
        var made = new TreeMap<>(files());
        made.keySet().removeIf(name -> !name.startsWith(line.name() + "/"));
        for (var file : made.entrySet()) {
            var path = kept.resolve("expected").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().matches(".*\\.(?:jsonl|html)")) {
                run("gzip", "-9n", path.toString());
            }
        }
    }

    /** The files that were written now. */
    public Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        files(place.resolve("to"), name -> true).forEach((name, text) -> files.put(name, neutral(text)));
        return files;
    }

    private static Map<String, String> files(Path folder, Predicate<String> wanted) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(folder).filter(Files::isRegularFile)) {
            for (var file : files.toList()) {
                var name = folder.relativize(file).toString();
                if (wanted.test(name)) {
                    texts.put(name.replaceFirst("\\.gz$", ""), text(file));
                }
            }
        }
        return texts;
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readString(file);
        }
        try (var plain = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(plain.readAllBytes(), UTF_8);
        }
    }
}
