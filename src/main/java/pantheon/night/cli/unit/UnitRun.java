package pantheon.night.cli.unit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command that systemd-run(1) starts as a unit starts the night: by its program, as its user, behind its walls. Its
 * standard streams are the caller's.
 *
 * @param name of the command's own unit, which is gone when it has ended
 */
record UnitRun(UnitFile unit, String name) {
    /** What a terminal is, and whether colours are wanted there: nothing else of the caller's environment goes in. */
    private static final List<String> OF_THE_TERMINAL = List.of("TERM", "NO_COLOR");

    private static final String CONFIG = "--config";

    /**
     * What is to be started.
     *
     * @param words the command line, without the program's name
     * @param home where this program is, for a unit that starts another one
     * @param folder what paths of the line are relative to
     */
    List<String> command(List<String> words, Map<String, String> environment, Path home, Path folder) {
        var command = new ArrayList<>(List.of(
                "systemd-run", "--quiet", "--wait", "--collect", "--pipe", "--service-type=exec", "--unit=" + name));
        OF_THE_TERMINAL.stream()
                .filter(environment::containsKey)
                .forEach(variable -> command.add("--setenv=%s=%s".formatted(variable, environment.get(variable))));
        unit.properties().forEach(property -> command.add("--property=" + property));
        command.add("--");
        command.add(program(home));
        inside(words, folder).forEach(word -> command.add(word.replace("$", "$$"))); // systemd expands variables
        return command;
    }

    private String program(Path home) {
        return Stream.concat(unit.start().stream().limit(1), Stream.of(home + "/bin/pantheon-night"))
                .filter(program -> program.endsWith("/pantheon-night"))
                .findFirst()
                .orElseThrow();
    }

    /** The line as it means the same inside: on the unit's configuration where it names none. */
    private List<String> inside(List<String> words, Path folder) {
        var inside = new ArrayList<String>();
        var config = Optional.<Path>empty();
        for (var word = words.iterator(); word.hasNext(); ) {
            var next = word.next();
            if (next.equals(CONFIG) && word.hasNext()) {
                config = Optional.of(Path.of(word.next()));
            } else if (next.startsWith(CONFIG + "=")) {
                config = Optional.of(Path.of(next.substring(CONFIG.length() + 1)));
            } else if (!next.equals(InUnit.OPTION)) {
                inside.add(next);
            }
        }
        config.map(folder::resolve)
                .or(unit::config)
                .ifPresent(file -> inside.addAll(0, List.of(CONFIG, file.toString())));
        return inside;
    }
}
