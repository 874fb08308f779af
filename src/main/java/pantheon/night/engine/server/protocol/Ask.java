package pantheon.night.engine.server.protocol;

import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a server is asked to continue.
 *
 * @param prompt a text, or the ids of its tokens
 * @param inputTokens how many tokens the prompt has, 0 where that is not known
 * @param maxTokens the most that it may generate
 * @param grammar what may be generated, in the server's language; null for anything
 * @param slot which of its slots has the beginning of the prompt, -1 where any will do
 */
public record Ask(
        JsonNode prompt,
        int inputTokens,
        int maxTokens,
        @Nullable String grammar,
        int slot) {
    public static Ask of(String text, int maxTokens, @Nullable String grammar) {
        return new Ask(Json.MAPPER.getNodeFactory().stringNode(text), 0, maxTokens, grammar, -1);
    }

    public static Ask of(int[] ids, int maxTokens, @Nullable String grammar, int slot) {
        var prompt = Json.MAPPER.createArrayNode();
        for (int id : ids) {
            prompt.add(id);
        }
        return new Ask(prompt, ids.length, maxTokens, grammar, slot);
    }

    public Ask in(int other) {
        return new Ask(prompt, inputTokens, maxTokens, grammar, other);
    }
}
