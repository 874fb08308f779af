package pantheon.night.local.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pantheon.night.disk.RegularFile;
import pantheon.night.local.Finding;

/** The command line of this process as the kernel shows it to everybody: the JVM's options, and the program's. */
final class Arguments {
    private static final int MOST_BYTES = 1 << 24;
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /** An option or property with a credential in it, by its name. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)^-{1,2}(D\\S*)?(api[._-]?(key|token)|access[._-]?(key|token)|auth[._-]?token|client[._-]?secret"
                    + "|secret([._-]?key)?|password|token)([= ].*)?$");

    /** The same, where the name has more before it. */
    private static final Pattern SECRET_PROPERTY =
            Pattern.compile("(?i)^-D[^=]*(api[._-]?key|token|secret|password)=.+$");

    private static final Pattern PROXY = Pattern.compile("(?i)^-D[^=]*proxyHost=.+$|^-{1,2}proxy([=].*)?$");

    private static final Pattern CODE = Pattern.compile(
            "^-(javaagent|agentlib|agentpath|Xrun|Xbootclasspath/[ap]|-patch-module|XX:(Flags|VMOptionsFile|OnError"
                    + "|OnOutOfMemoryError))[:=]?.*$");

    private final List<String> arguments;

    Arguments(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    static Arguments read() throws IOException {
        var text = new String(RegularFile.bytes(COMMAND_LINE, MOST_BYTES), StandardCharsets.UTF_8);
        return new Arguments(List.of(text.split("\0", -1)));
    }

    /** Those with a credential or a proxy, by their number and, where it is an option, its name. */
    Finding secrets() {
        var found = new ArrayList<String>();
        for (int i = 0; i < arguments.size(); i++) {
            int number = i;
            secret(arguments.get(i)).ifPresent(what -> found.add("argument %d (%s)".formatted(number, what)));
        }
        return Finding.none(found);
    }

    private static Optional<String> secret(String argument) {
        var shape = CredentialShape.in(argument);
        if (shape.isPresent()) {
            return shape.map(CredentialShape::words);
        }
        return Stream.of(SECRET, SECRET_PROPERTY, PROXY)
                        .anyMatch(pattern -> pattern.matcher(argument).matches())
                ? Optional.of(option(argument))
                : Optional.empty();
    }

    /** Options that load code into the JVM, or run it. */
    List<String> injections() {
        return arguments.stream()
                .filter(argument -> CODE.matcher(argument).matches())
                .map(Arguments::option)
                .toList();
    }

    private static String option(String argument) {
        return argument.split("[=: ]", 2)[0];
    }
}
