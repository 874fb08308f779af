package pantheon.night.cli.unit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * What a service's unit file and its drop-ins assign, in the order in which systemd reads them (systemd.syntax(7)).
 *
 * @param name the unit's, for example {@code pantheon-night.service}
 */
record UnitFile(String name, List<Assignment> assignments) {
    /** What a unit has to wait for, and what it needs to have been started. */
    private static final Pattern BEFORE_IT =
            Pattern.compile("Requires|BindsTo|Requisite|After|JoinsNamespaceOf|RequiresMountsFor");

    /** What is of a night's start, end and restart, and of where a service's words go; all else is put around a command. */
    private static final Pattern OF_A_NIGHT = Pattern.compile(
            "Exec(Start|Stop|Reload|Condition)(Pre|Post)?|Type|NotifyAccess|SuccessExitStatus|RemainAfterExit|Restart.*"
                    + "|Timeout(Start)?Sec|TimeoutStartFailureMode|Standard(Input|Output|Error).*|TTY.*|Syslog.*|WatchdogSec");

    /** Specifiers that mean the same in every system unit; systemd expands none where a property is not from a file. */
    private static final Map<Character, String> SPECIFIERS = Map.of(
            '%',
            "%",
            't',
            "/run",
            'S',
            "/var/lib",
            'C',
            "/var/cache",
            'L',
            "/var/log",
            'E',
            "/etc",
            'T',
            "/tmp",
            'V',
            "/var/tmp");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    UnitFile {
        assignments = List.copyOf(assignments);
    }

    record Assignment(String section, String key, String value) {}

    /** Reads what {@code systemctl cat} prints. */
    static UnitFile parse(String name, String text) {
        var assignments = new ArrayList<Assignment>();
        var section = "";
        for (var line : logicalLines(text)) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (equals > 0) {
                assignments.add(new Assignment(
                        section,
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip()));
            }
        }
        return new UnitFile(name, assignments);
    }

    /** Lines without comments, those that a backslash continues put together. */
    private static List<String> logicalLines(String text) {
        var whole = new ArrayList<String>();
        var begun = new StringBuilder();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            begun.append(goesOn ? line.substring(0, line.length() - 1) + " " : line);
            if (!goesOn) {
                whole.add(begun.toString().strip());
                begun.setLength(0);
            }
        }
        return whole;
    }

    /**
     * What a command gets that is run as the unit runs the night: {@code NAME=VALUE} as systemd-run(1) takes them.
     *
     * @throws NightException with exit code 78 where a value depends on what only systemd knows
     */
    List<String> properties() {
        return assignments.stream()
                .filter(each -> switch (each.section()) {
                    case "Unit" -> BEFORE_IT.matcher(each.key()).matches();
                    case "Service" -> !OF_A_NIGHT.matcher(each.key()).matches();
                    default -> false;
                })
                .map(each -> each.key() + "=" + expanded(each))
                .toList();
    }

    private String expanded(Assignment each) {
        var value = each.value();
        var whole = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '%' || i + 1 == value.length()) {
                whole.append(value.charAt(i));
            } else {
                whole.append(specifier(each, value.charAt(++i)));
            }
        }
        return whole.toString();
    }

    private String specifier(Assignment each, char letter) {
        var plain = name.replaceFirst("\\.service$", "");
        return switch (letter) {
            case 'n' -> name;
            case 'N', 'p' -> plain;
            default ->
                Optional.ofNullable(SPECIFIERS.get(letter))
                        .orElseThrow(() -> new NightException(
                                ExitCode.CONFIG,
                                "%s has %s=%s, and what %%%s is there is not known outside of a unit's file. Write it out in a drop-in: systemctl edit %s"
                                        .formatted(name, each.key(), each.value(), letter, name)));
        };
    }

    /** The words with which the unit starts the night; empty where it starts nothing. */
    List<String> start() {
        var start = List.<String>of();
        for (var each : assignments) {
            if (each.section().equals("Service") && each.key().equals("ExecStart")) {
                var command = each.value().replaceFirst("^[-@:+!]+", "");
                start = command.isEmpty() ? List.of() : List.of(SPACE.split(command));
            }
        }
        return start;
    }

    /** The configuration that the unit names; empty where it names none. */
    Optional<Path> config() {
        var start = start();
        int option = start.indexOf("--config");
        return option >= 0 && option + 1 < start.size()
                ? Optional.of(Path.of(start.get(option + 1)))
                : Optional.empty();
    }
}
