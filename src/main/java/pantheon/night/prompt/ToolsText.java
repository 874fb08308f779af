package pantheon.night.prompt;

import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.IndentedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How the system's turn shows tools: {@code open TOOL between TOOL close}, beside what the system says.
 *
 * @param toolsFirst whether the tools stand before what the system says
 * @param before what stands before both
 * @param gap what stands between the two
 * @param behind what stands behind both
 * @param writing how a tool is written
 */
record ToolsText(
        boolean toolsFirst,
        String before,
        String gap,
        String open,
        String between,
        String close,
        String behind,
        Writing writing) {
    ToolsText(boolean toolsFirst, String gap, String open, String between, String close, Writing writing) {
        this(toolsFirst, "", gap, open, between, close, "", writing);
    }

    /** How a tool is written. */
    enum Writing {
        JSON,
        INDENTED,
        TAGS
    }

    /** The content of the system's turn. */
    String content(String system, List<JsonNode> tools) {
        if (tools.isEmpty()) {
            return before + system + behind;
        }
        var shown = tools.stream().map(this::written).collect(Collectors.joining(between, open, close));
        return before + (toolsFirst ? shown + gap + system : system + gap + shown) + behind;
    }

    private String written(JsonNode tool) {
        return switch (writing) {
            case JSON -> Json.write(tool);
            case INDENTED -> IndentedJson.write(tool);
            case TAGS -> ToolTags.write(tool);
        };
    }

    static List<JsonNode> cards(List<ToolCard> tools) {
        return tools.stream().map(ToolCard::json).toList();
    }

    /**
     * Takes the content of a system's turn apart.
     *
     * @throws IllegalArgumentException or {@link JacksonException} where it was not written so
     */
    Dialogue read(String text) {
        if (!text.startsWith(before) || !text.endsWith(behind)) {
            throw new IllegalArgumentException("a system turn without its frame");
        }
        var content = text.substring(before.length(), text.length() - behind.length());
        int from = toolsFirst ? (content.startsWith(open) ? 0 : -1) : content.lastIndexOf(gap + open);
        if (from < 0) {
            return new Dialogue(List.of(new Message.Instructions(content)), List.of());
        }
        int start = from + (toolsFirst ? 0 : gap.length()) + open.length();
        int end = toolsFirst ? IndentedJson.end(content, start, between) : content.length() - close.length();
        if (end < start) {
            throw new IllegalArgumentException("tools that have no end");
        }
        var system = toolsFirst ? content.substring(end + close.length() + gap.length()) : content.substring(0, from);
        return new Dialogue(List.of(new Message.Instructions(system)), tools(content.substring(start, end)));
    }

    private List<JsonNode> tools(String shown) {
        return switch (writing) {
            case JSON, INDENTED -> IndentedJson.values(shown, between);
            case TAGS -> ToolTags.read(shown);
        };
    }
}
