package pantheon.night.contract;

import tools.jackson.databind.JsonNode;

/**
 * A tool as the model sees it.
 *
 * @param arguments the schema of the arguments that the model gives; bound ones are not in it
 */
public record ToolCard(String name, String description, JsonNode arguments) {
    public JsonNode json() {
        var function = Json.object();
        function.put("name", name);
        function.put("description", description);
        function.set("parameters", arguments);
        var card = Json.object();
        card.put("type", "function");
        card.set("function", function);
        return card;
    }
}
