package pantheon.night.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import pantheon.night.contract.Sha256;
import pantheon.night.document.fence.Fence;
import pantheon.night.document.fence.Fences;
import pantheon.night.document.fence.LanguageModel.Sample;
import pantheon.night.document.fence.LanguageWords;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;

/**
 * The Markdown documents of a repository.
 *
 * @param documents by path
 */
record LabelledRepository(String name, Map<String, String> documents) {
    private static final int SAMPLES_OF_A_LANGUAGE = 80;

    /** Reads a folder; files that are no UTF-8 are left out. */
    static LabelledRepository read(Path folder) throws IOException {
        var documents = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(LabelledRepository::isDocument).toList()) {
                var bytes = Files.readAllBytes(file);
                var text = new String(bytes, StandardCharsets.UTF_8);
                if (!text.contains("\ufffd")) {
                    documents.put(folder.relativize(file).toString(), text);
                }
            }
        }
        return new LabelledRepository(folder.getFileName().toString(), documents);
    }

    private static boolean isDocument(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.endsWith(".md") || name.endsWith(".mdx"));
    }

    /** The same with those documents alone. */
    LabelledRepository with(Predicate<String> path) {
        return new LabelledRepository(
                name,
                documents.entrySet().stream()
                        .filter(entry -> path.test(entry.getKey()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
    }

    /** The code of its fences that say their language, each once and some of each language. */
    List<Sample> samples() {
        var counts = new TreeMap<String, Integer>();
        return documents.values().stream()
                .flatMap(text -> Fences.of(text).stream())
                .filter(fence -> !fence.language().isEmpty())
                .map(fence -> new Sample(LanguageWords.language(fence.language()), fence.code()))
                .distinct()
                .filter(sample -> counts.merge(sample.language(), 1, Integer::sum) <= SAMPLES_OF_A_LANGUAGE)
                .toList();
    }

    /** A number from 0 on below {@code parts} that a path and a word decide. */
    static int part(String path, String word, int parts) {
        return Integer.parseInt(Sha256.hex(word + path).substring(0, 6), 16) % parts;
    }

    /** Its documents as a commit of that name has them. */
    BaseFiles as(String commit) {
        return new BaseFiles() {
            @Override
            public String commit() {
                return commit;
            }

            @Override
            public List<String> paths() {
                return List.copyOf(documents.keySet());
            }

            @Override
            public byte[] content(String path) throws PathRefused {
                var text = documents.get(path);
                if (text == null) {
                    throw new PathRefused(PathRefused.Code.NOT_FOUND, path);
                }
                return text.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public List<Moved> moved() {
                return List.of();
            }
        };
    }

    /** A document whose fences have no language on some lines, and those without one elsewhere are called text. */
    static String hiding(String text, Predicate<Fence> hidden) {
        var fences = Fences.of(text);
        var out = new StringBuilder(text);
        for (var fence : fences.reversed()) {
            if (hidden.test(fence)) {
                out.delete(fence.behind(), endOfLine(text, fence.behind()));
            } else if (fence.isBare()) {
                out.insert(fence.behind(), LanguageWords.TEXT);
            }
        }
        return out.toString();
    }

    private static int endOfLine(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
