import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.document.fence.DataFormats;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.document.fence.LanguageWords;
import pantheon.night.document.fence.RepositoryLanguages;
import pantheon.night.document.fence.RepositoryLanguages.Labelled;
import tools.jackson.databind.JsonNode;

/**
 * Documents with code fences of known languages, of which some do not say theirs, and what became of those.
 *
 * <p>{@code labelled FENCES OUT} writes the fences of a file (a fence a line: file, line, commit, kind, language, group, code) as
 * documents that say all languages. {@code hidden SOURCE OUT TRUTH} leaves out the languages that people gave later, where
 * SOURCE is such a file, and those of every fourth document, where it is a folder of documents; TRUTH says them.
 * {@code score TRUTH OUT} says how many of those the documents have now, and how many are right; {@code rank TRUTH OUT} what the
 * ranking alone would say.
 */
final class FenceDocuments {
    private static final int HIDDEN_OF = 4;
    private static final String ABOVE = "For example:\n\n";

    private FenceDocuments() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "labelled" -> write(ofRows(rows(Path.of(args[1])), true), Path.of(args[2]));
            case "hidden" -> hide(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
            case "score" -> score(Path.of(args[1]), Path.of(args[2]));
            case "rank" -> rank(Path.of(args[1]), Path.of(args[2]));
            default -> throw new IllegalArgumentException("labelled, hidden, score or rank");
        }
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList();
    }

    private static boolean isLater(JsonNode row) {
        return !row.required("kind").stringValue().equals("labelled");
    }

    /** Its document; that of a fence that people labelled later is of its commit. */
    private static String path(JsonNode row) {
        var file = row.required("file").stringValue().replaceAll("\\.(md|mdx|markdown)$", "");
        var commit = isLater(row) ? "." + row.required("commit").stringValue().substring(0, 8) : "";
        return file + commit + ".md";
    }

    private static Map<String, String> ofRows(List<JsonNode> rows, boolean all) {
        var documents = new TreeMap<String, StringBuilder>();
        rows.stream()
                .sorted(Comparator.comparingInt(row -> row.path("line").intValue(0)))
                .forEach(row -> documents
                        .computeIfAbsent(path(row), path -> new StringBuilder("# A page\n\n"))
                        .append(ABOVE)
                        .append(fence(row, all || !isLater(row))));
        var texts = new TreeMap<String, String>();
        documents.forEach((path, text) -> texts.put(path, text.toString()));
        return texts;
    }

    private static String fence(JsonNode row, boolean labelled) {
        var code = row.required("code").stringValue();
        var marks = "```";
        while (code.contains(marks)) {
            marks += "`";
        }
        var language = labelled ? row.required("language").stringValue() : "";
        return marks + language + "\n" + code + (code.endsWith("\n") ? "" : "\n") + marks + "\n\n";
    }

    private static void write(Map<String, String> documents, Path folder) throws IOException {
        for (var document : documents.entrySet()) {
            var file = folder.resolve(document.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, document.getValue());
        }
    }

    private static void hide(Path source, Path folder, Path truth) throws IOException {
        var known = new ArrayList<String>();
        var documents = Files.isDirectory(source) ? ofFolder(source, known) : ofRows(rows(source), false);
        if (!Files.isDirectory(source)) {
            later(rows(source), known);
        }
        write(documents, folder);
        Files.write(truth, known);
    }

    /** Every fourth document that says languages says none; those of all others stay. */
    private static Map<String, String> ofFolder(Path source, List<String> known) throws IOException {
        var documents = new TreeMap<String, String>();
        try (var files = Files.walk(source)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                var path = source.relativize(file).toString();
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                boolean hidden = Integer.parseInt(Sha256.hex(path).substring(0, 6), 16) % HIDDEN_OF == 0;
                documents.put(path, hidden ? hidden(path, text, known) : text);
            }
        }
        return documents;
    }

    private static String hidden(String path, String text, List<String> known) {
        var out = new StringBuilder(text);
        for (var fence : Fences.of(text).reversed()) {
            int end = fence.behind();
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            if (!fence.language().isEmpty()) {
                out.delete(fence.behind(), end);
                known.add(truth(path, fence.line(), path, List.of(fence.language())));
            }
        }
        return out.toString();
    }

    /** The lines at which the fences of rows stand are those of the documents, in their order. */
    private static void later(List<JsonNode> rows, List<String> known) {
        var groups = new TreeMap<String, TreeSet<String>>();
        rows.forEach(row -> groups.computeIfAbsent(row.required("group").stringValue(), group -> new TreeSet<>())
                .add(row.required("language").stringValue()));
        var documents = ofRows(rows, false);
        var rowsOf = new TreeMap<String, List<JsonNode>>();
        rows.stream()
                .filter(FenceDocuments::isLater)
                .sorted(Comparator.comparingInt(row -> row.path("line").intValue(0)))
                .forEach(row -> rowsOf.computeIfAbsent(path(row), path -> new ArrayList<>())
                        .add(row));
        rowsOf.forEach((path, some) -> {
            var bare = Fences.of(documents.get(path)).stream()
                    .filter(Fence::isBare)
                    .toList();
            if (bare.size() != some.size()) {
                throw new IllegalStateException("%s: %d fences, %d rows".formatted(path, bare.size(), some.size()));
            }
            for (int i = 0; i < bare.size(); i++) {
                var words = groups.get(some.get(i).required("group").stringValue());
                known.add(truth(
                        path, bare.get(i).line(), some.get(i).required("commit").stringValue(), words));
            }
        });
    }

    private static String truth(String path, int line, String commit, Iterable<String> words) {
        var row = Json.object().put("path", path).put("line", line).put("commit", commit);
        var list = row.putArray("languages");
        words.forEach(list::add);
        return Json.write(row);
    }

    /** What is counted, for all fences and for each commit by itself. */
    private static final class Tally {
        private final Map<String, double[]> commits = new TreeMap<>();

        void add(JsonNode truth, String now) {
            boolean right = truth.required("languages").valueStream().anyMatch(word -> isSame(word.stringValue(), now));
            var counts = commits.computeIfAbsent(truth.required("commit").stringValue(), commit -> new double[3]);
            counts[0]++;
            counts[1] += now.isEmpty() ? 0 : 1;
            counts[2] += !now.isEmpty() && right ? 1 : 0;
        }

        private double sum(int which) {
            return commits.values().stream()
                    .mapToDouble(counts -> counts[which])
                    .sum();
        }

        private double byCommit(int which) {
            return commits.values().stream()
                    .mapToDouble(counts -> counts[which] / counts[0])
                    .sum();
        }

        String json() {
            return Json.write(Json.object()
                    .put("fences", (int) sum(0))
                    .put("answered", (int) sum(1))
                    .put("right", (int) sum(2))
                    .put("commits", commits.size())
                    .put("answered_by_commit", byCommit(1))
                    .put("right_by_commit", byCommit(2)));
        }
    }

    /** Fences, how many have a language now, how many of those the right one, and the same with each commit counted once. */
    private static void score(Path truth, Path folder) throws IOException {
        var tally = new Tally();
        for (var row : rows(truth)) {
            tally.add(row, at(folder, row).map(Fence::language).orElse(""));
        }
        System.out.println(tally.json());
    }

    private static Optional<Fence> at(Path folder, JsonNode row) throws IOException {
        int line = row.required("line").intValue();
        return Fences.of(Files.readString(folder.resolve(row.required("path").stringValue()))).stream()
                .filter(fence -> fence.line() == line)
                .findFirst();
    }

    /** The same for the ranking alone, at several least probabilities. */
    private static void rank(Path truth, Path folder) throws IOException {
        var labelled = new ArrayList<Labelled>();
        var codes = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                var fences = Fences.of(Files.readString(file));
                fences.stream().filter(Fence::isBare).map(Fence::code).forEach(codes::add);
                fences.stream()
                        .filter(fence -> !fence.language().isEmpty())
                        .forEach(fence -> labelled.add(
                                new Labelled(folder.relativize(file).toString(), fence.language(), fence.code())));
            }
        }
        var languages = RepositoryLanguages.of(LanguageModel.shipped(), labelled, codes);
        for (var least : new double[] {0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95}) {
            var tally = new Tally();
            for (var row : rows(truth)) {
                var code = at(folder, row).orElseThrow().code();
                var best =
                        languages.rank(row.required("path").stringValue(), code).getFirst();
                boolean said = best.probability() >= least && DataFormats.allow(best.word(), code);
                tally.add(row, said ? best.word() : "");
            }
            System.out.printf("%.2f %s%n", least, tally.json());
        }
    }

    private static boolean isSame(String word, String now) {
        return word.equals(now) || LanguageWords.language(word).equals(LanguageWords.language(now));
    }
}
