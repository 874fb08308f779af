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
            var matcher = PLACEHOLDER.matcher(element);
            var names = matcher.results().map(place -> place.group(1)).toList();
            if (!names.stream().allMatch(arguments::has)) {
                continue;
            }
            var first = names.isEmpty() ? null : arguments.get(names.getFirst());
            if (first != null && first.isArray()) {
                first.valueStream().map(JsonNode::asString).forEach(filled::add);
            } else {
                filled.add(matcher.reset()
                        .replaceAll(place -> Matcher.quoteReplacement(
                                arguments.get(place.group(1)).asString())));
            }
        }
        return filled;
    }
}
