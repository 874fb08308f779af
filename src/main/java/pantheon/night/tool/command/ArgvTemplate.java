package pantheon.night.tool.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program's arguments with places for those of a call. No shell reads them: whatever a value holds, it stays within
 * its element, and an element stays one.
 */
record ArgvTemplate(List<String> elements) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Fills it in. An element whose argument the call leaves out is left out; an array becomes an element each. */
    List<String> fill(ObjectNode arguments) {
        var filled = new ArrayList<String>();
        for (var element : elements) {
            var names = PLACEHOLDER
                    .matcher(element)
                    .results()
                    .map(place -> place.group(1))
                    .toList();
            if (names.stream().allMatch(arguments::has)) {
                filled.addAll(filled(element, names, arguments));
            }
        }
        return filled;
    }

    private static List<String> filled(String element, List<String> names, ObjectNode arguments) {
        if (!names.isEmpty() && arguments.get(names.getFirst()).isArray()) {
            return arguments
                    .get(names.getFirst())
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        }
        return List.of(PLACEHOLDER
                .matcher(element)
                .replaceAll(place ->
                        Matcher.quoteReplacement(arguments.get(place.group(1)).asString())));
    }
}
