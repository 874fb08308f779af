package pantheon.night.tool.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program of a command tool: an absolute path, or a name that is looked up in fixed folders, never in PATH. */
record Program(String name) {
    static final List<Path> FOLDERS = List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"));

    /** The executable file, empty where there is none. */
    Optional<Path> file() {
        var candidates = name.indexOf('/') < 0
                ? FOLDERS.stream().map(folder -> folder.resolve(name)).toList()
                : List.of(Path.of(name));
        return candidates.stream()
                .filter(file -> file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** What to tell where there is none. */
    String missing() {
        return name.indexOf('/') < 0
                ? "there is no program \"%s\" in %s; expected one. Install it, or name it by its absolute path."
                        .formatted(name, FOLDERS)
                : "there is no program %s; expected the absolute path of an executable file. Correct run."
                        .formatted(name);
    }
}
