package pantheon.night.engine.server.protocol;

import java.util.List;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.ExchangeFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * vLLM's server of completions: {@code POST /v1/completions}, with {@code structured_outputs} as of 0.12.
 *
 * @param model which of its models or adapters is asked
 * @param stops the ids of tokens that end an answer beside the model's own
 */
public record VllmServer(String model, List<Integer> stops) implements ServerKind {
    public VllmServer {
        stops = List.copyOf(stops);
    }

    @Override
    public String path() {
        return "/v1/completions";
    }

    /** Nothing asks for log probabilities: they are compiled in mid-service. */
    @Override
    public ObjectNode body(Ask ask) {
        var body = Json.object().put("model", model);
        body.set("prompt", ask.prompt());
        body.put("max_tokens", ask.maxTokens()).put("min_tokens", 0).put("n", 1).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        body.put("temperature", 0.0)
                .put("top_p", 1.0)
                .put("top_k", 0)
                .put("min_p", 0.0)
                .put("seed", 1);
        body.put("repetition_penalty", 1.0).put("presence_penalty", 0.0).put("frequency_penalty", 0.0);
        body.put("ignore_eos", false).put("add_special_tokens", false);
        body.put("skip_special_tokens", false).put("spaces_between_special_tokens", false);
        var ids = body.putArray("stop_token_ids");
        stops.forEach(ids::add);
        if (ask.grammar() != null) {
            body.putObject("structured_outputs").put("grammar", ask.grammar());
        }
        return body;
    }

    @Override
    public void take(JsonNode event, Continuation into) throws ExchangeFailed {
        var choices = event.path("choices");
        if (!choices.isArray() || choices.size() > 1) {
            throw ExchangeFailed.nonsense("sent an event that is none of a completion");
        }
        into.fingerprint(event.path("system_fingerprint"));
        if (choices.size() == 1) {
            take(choices.get(0), event.path("usage"), into);
        } else {
            count(event.path("usage"), into);
        }
    }

    private static void take(JsonNode choice, JsonNode usage, Continuation into) throws ExchangeFailed {
        var text = choice.path("text");
        if (!text.isString()) {
            throw ExchangeFailed.nonsense("sent an event without a text");
        }
        into.add(text.stringValue());
        count(usage, into);
        var reason = choice.path("finish_reason");
        if (reason.isString()) {
            into.end(
                    switch (reason.stringValue()) {
                        case "stop" -> Continuation.End.TURN;
                        case "length" -> Continuation.End.LENGTH;
                        default ->
                            throw ExchangeFailed.nonsense(
                                    "ended its answer with finish_reason " + Reply.shown(reason.toString()));
                    });
        }
    }

    private static void count(JsonNode usage, Continuation into) throws ExchangeFailed {
        into.count(
                usage.path("prompt_tokens"),
                usage.path("prompt_tokens_details").path("cached_tokens"),
                usage.path("completion_tokens"));
    }

    @Override
    public Optional<JsonNode> tooLong(Reply reply) {
        var parameter = reply.json().path("error").path("param").asString("");
        return reply.status() == 400 && (parameter.equals("input_tokens") || parameter.equals("input_text"))
                ? Optional.of(MissingNode.getInstance())
                : Optional.empty();
    }

    @Override
    public List<Language> languages() {
        return List.of(Language.LARK, Language.EBNF);
    }

    @Override
    public boolean showsSlots() {
        return false;
    }

    @Override
    public String waiting() {
        return "vllm:num_requests_waiting";
    }

    @Override
    public ObjectNode tokenize(String text) {
        return Json.object().put("model", model).put("prompt", text).put("add_special_tokens", false);
    }
}
