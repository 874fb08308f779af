package pantheon.night.queue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the files that tasks are about are there, in the commit that the tasks are done on. Which fields of an input
 * name files is the agent's to say, by what its tools and checks make of them.
 */
public final class InputPaths {
    private final Workspace workspace;
    private final String commit;

    /** @param commit its id, in full */
    public InputPaths(Workspace workspace, String commit) {
        this.workspace = workspace;
        this.commit = commit;
    }

    /**
     * What is wrong with the first path of a task's input that names no file: {@code bad_name} where it is not written as
     * paths of a workspace are, else {@code not_found}, with what was found. Empty where all are right.
     */
    public Optional<String> problem(Agent agent, ObjectNode input) {
        return agent.fileFields().stream()
                .flatMap(field -> texts(input.path(field))
                        .flatMap(path -> problem(path).stream())
                        .map(problem -> "%s (input %s)".formatted(problem, field)))
                .findFirst();
    }

    /** The paths that a task's input names, those that are none of a workspace left out. */
    public static List<String> of(Agent agent, ObjectNode input) {
        return agent.fileFields().stream()
                .flatMap(field -> texts(input.path(field)))
                .filter(InputPaths::isPlain)
                .toList();
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isString()
                ? Stream.of(value.stringValue())
                : value.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private Optional<String> problem(String path) {
        if (!isPlain(path)) {
            return Optional.of("bad_name: %s is no path of the workspace, names joined by \"/\" from its top on%s"
                    .formatted(Json.quote(path), meant(path)));
        }
        var found = workspace.find(commit, path);
        return found == Workspace.Found.FILE
                ? Optional.empty()
                : Optional.of("not_found: %s %s in commit %s; expected a file%s"
                        .formatted(Json.quote(path), found.words(), commit.substring(0, 12), meant(path)));
    }

    private static boolean isPlain(String path) {
        try {
            var parsed = ScratchPath.parse(path);
            var names = parsed.segments().stream().map(Object::toString).toList();
            return String.join("/", names).equals(path);
        } catch (PathRefused e) {
            return false;
        }
    }

    /** The file that was meant, where another spelling leads to one. */
    private String meant(String path) {
        return spellings(path)
                .filter(InputPaths::isPlain)
                .filter(spelling -> workspace.find(commit, spelling) == Workspace.Found.FILE)
                .findFirst()
                .or(() -> workspace.paths().stream()
                        .filter(path::equalsIgnoreCase)
                        .findFirst())
                .map(spelling -> "; did you mean %s?".formatted(Json.quote(spelling)))
                .orElse("");
    }

    /** Without dots, backslashes, escapes, and what stands before the workspace. */
    private static Stream<String> spellings(String path) {
        return Stream.of(path, unescaped(path)).flatMap(text -> {
            var names = names(text.replace('\\', '/'));
            return IntStream.range(0, names.size())
                    .mapToObj(from -> String.join("/", names.subList(from, names.size())));
        });
    }

    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty()) {
                names.removeLast();
            } else if (!List.of("", ".", "..").contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static String unescaped(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
