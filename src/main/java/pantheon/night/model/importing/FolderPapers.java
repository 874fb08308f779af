package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import tools.jackson.databind.node.ObjectNode;

/** What a model's folder says of its licence: the text, and the name that the front matter of its README has. */
final class FolderPapers {
    private static final Pattern LICENCE =
            Pattern.compile("(licen[cs]e|notice|copying|use_policy)([-_.][\\w.-]{0,40})?", Pattern.CASE_INSENSITIVE);
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 200;
    private static final List<String> KEYS = List.of("license", "license_name", "license_link", "base_model");

    private FolderPapers() {}

    /** What an origin begins with: the folder's name, and the digests of files that lie in it, by their paths there. */
    static ObjectNode origin(Path folder, List<Path> files) throws IOException {
        var top = folder.toAbsolutePath().normalize();
        var origin = Json.object().put("folder", String.valueOf(top.getFileName()));
        var digests = origin.putObject("files");
        for (var file : files) {
            digests.put(top.relativize(file.toAbsolutePath().normalize()).toString(), Sha256.hex(file));
        }
        return origin;
    }

    /** Copies the files with licences, under the names that they have. */
    static void copy(Path folder, Path target) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (LICENCE.matcher(name).matches() && Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES) {
                    Files.copy(file, target.resolve(name));
                }
            }
        }
    }

    /** What the front matter says; nothing where there is none, for nobody needs it. */
    static ObjectNode describe(Path folder) throws IOException {
        var said = Json.object();
        var readme = folder.resolve("README.md");
        if (!Files.isRegularFile(readme) || Files.size(readme) > MOST_BYTES) {
            return said;
        }
        var lines = new String(RegularFile.bytes(readme, MOST_BYTES), StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_LINES)
                .toList();
        if (!lines.isEmpty() && lines.getFirst().equals("---")) {
            lines.stream().skip(1).takeWhile(line -> !line.equals("---")).forEach(line -> put(line, said));
        }
        return said;
    }

    /** A line of one text; what spans several is left out. */
    private static void put(String line, ObjectNode said) {
        for (var key : KEYS) {
            var value = line.startsWith(key + ":")
                    ? line.substring(key.length() + 1).strip()
                    : "";
            if (!value.isEmpty() && !said.has(key)) {
                said.put(key, value.replaceAll("^[\"']|[\"']$", ""));
            }
        }
    }
}
