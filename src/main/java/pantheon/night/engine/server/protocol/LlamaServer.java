package pantheon.night.engine.server.protocol;

import java.util.List;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.ExchangeFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * llama.cpp's server, on its own route: {@code POST /completion} as its README has it.
 *
 * @param adapters the LoRA adapters that it has, each with its scale for this model; empty where it has none
 */
public record LlamaServer(ArrayNode adapters) implements ServerKind {
    @Override
    public String path() {
        return "/completion";
    }

    /** A key {@code grammar} that is null would switch every constraint off, so there is none without a grammar. */
    @Override
    public ObjectNode body(Ask ask) {
        var body = Json.object();
        body.set("prompt", ask.prompt());
        body.put("n_predict", ask.maxTokens()).put("stream", true).put("return_progress", true);
        body.put("cache_prompt", true).put("id_slot", ask.slot()).put("n_keep", 0);
        body.put("temperature", 0)
                .put("top_k", 40)
                .put("top_p", 1.0)
                .put("min_p", 0.0)
                .put("typical_p", 1.0);
        body.put("dynatemp_range", 0.0)
                .put("xtc_probability", 0.0)
                .put("mirostat", 0)
                .put("dry_multiplier", 0.0);
        body.put("repeat_penalty", 1.0).put("presence_penalty", 0.0).put("frequency_penalty", 0.0);
        body.put("seed", 1).put("n_probs", 0).put("ignore_eos", false).put("top_n_sigma", -1.0);
        body.putArray("stop");
        if (!adapters.isEmpty()) {
            body.set("lora", adapters);
        }
        if (ask.grammar() != null) {
            body.put("grammar", ask.grammar());
        }
        return body;
    }

    @Override
    public void take(JsonNode event, Continuation into) throws ExchangeFailed {
        var content = event.path("content");
        if (!content.isString() || !event.path("stop").isBoolean()) {
            throw ExchangeFailed.nonsense("sent an event that is none of a completion");
        }
        into.add(content.stringValue());
        if (event.path("stop").booleanValue()) {
            end(event, into);
        }
    }

    private static void end(JsonNode event, Continuation into) throws ExchangeFailed {
        into.count(
                event.path("tokens_evaluated"), event.path("timings").path("cache_n"), event.path("tokens_predicted"));
        into.end(
                switch (event.path("stop_type").asString("")) {
                    case "eos", "word" -> Continuation.End.TURN;
                    case "limit" -> Continuation.End.LENGTH;
                    default ->
                        throw ExchangeFailed.nonsense("ended its answer with stop_type "
                                + Reply.shown(event.path("stop_type").toString()));
                });
    }

    @Override
    public Optional<JsonNode> tooLong(Reply reply) {
        return reply.errorType().equals("exceed_context_size_error")
                ? Optional.of(reply.json().path("error").path("n_prompt_tokens"))
                : Optional.empty();
    }

    @Override
    public List<Language> languages() {
        return List.of(Language.GBNF);
    }

    /** Unless it was started with {@code --no-slots}; then {@code /slots} is 501. */
    @Override
    public boolean showsSlots() {
        return true;
    }

    /** With its option {@code --metrics} alone; without it {@code /metrics} is 501. */
    @Override
    public String waiting() {
        return "llamacpp:requests_deferred";
    }

    @Override
    public ObjectNode tokenize(String text) {
        return Json.object().put("content", text).put("add_special", false).put("parse_special", true);
    }
}
