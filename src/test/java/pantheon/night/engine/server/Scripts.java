package pantheon.night.engine.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.ScriptedServer;
import pantheon.night.engine.server.http.ScriptedServer.Line;
import pantheon.night.engine.server.http.ScriptedServer.Request;
import tools.jackson.databind.JsonNode;

/** Servers that answer as the real ones were recorded to, and by a rule to what they are asked. */
final class Scripts {
    private static final Pattern WORD = Pattern.compile("root ::= \"([^\"]*)\"");
    private static final Pattern UNIT = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern LARK = Pattern.compile("WORD: /([^/]*)/ & /.*/");
    private static final Pattern HEX = Pattern.compile("\\\\x\\{([0-9a-f]{4})}");

    /** What the prompt, a text or ids joined by blanks, is answered. */
    interface Rule extends Function<String, String> {}

    final Rule rule;
    /** Path and method → a reply of JSON, in place of the usual one. */
    final Map<String, String> instead = new ConcurrentHashMap<>();
    /** What completions came, canaries left out. */
    final List<JsonNode> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
    /** What is done to a completion in place of its answer; null where nothing is. */
    ScriptedServer.Script fault = (request, line) -> {};
    /** Every so many completions, canaries left out, the fault strikes; 0 for never. */
    int faultEvery;

    final AtomicInteger completions = new AtomicInteger();
    int slots = 4;
    /** As many tokens as a prompt and its answer may have together. */
    int context = 2048;
    /** How many tokens a prompt has: words, or ids joined by blanks. */
    ToIntFunction<String> counts = prompt -> prompt.split(" ").length;
    /** The ids of a text's tokens: its characters. */
    Function<String, int[]> tokens = text -> text.codePoints().toArray();
    /** The one text of each turn that was announced, by its grammar as it is sent. */
    final Map<String, String> held = new ConcurrentHashMap<>();

    boolean holdsGrammars = true;
    /** As with vLLM's backend {@code guidance}, not {@code xgrammar}. */
    boolean readsLark = true;
    /** As with vLLM's {@code --enable-prompt-tokens-details}. */
    boolean countsCached = true;

    Scripts(Rule rule) {
        this.rule = rule;
    }

    /** The text of a grammar of one word, empty where it is another grammar. */
    private static String word(JsonNode grammar) {
        var text = grammar.asString("");
        var root = WORD.matcher(text);
        if (root.matches()) {
            return UNIT.matcher(root.group(1)).replaceAll(unit -> quoted(unit.group(1)));
        }
        var lark = LARK.matcher(text);
        return lark.find() ? HEX.matcher(lark.group(1)).replaceAll(unit -> quoted(unit.group(1))) : "";
    }

    private static String quoted(String hex) {
        return java.util.regex.Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex, 16)));
    }

    private static String prompt(JsonNode body) {
        var prompt = body.get("prompt");
        return prompt.isString()
                ? prompt.stringValue()
                : String.join(" ", prompt.valueStream().map(JsonNode::asString).toList());
    }

    /** As llama.cpp's server. */
    void llama(Request request, Line line) throws IOException, InterruptedException {
        var told = instead.get(request.target());
        if (told != null) {
            line.json(Integer.parseInt(told.substring(0, 3)), told.substring(4));
            return;
        }
        switch (request.target()) {
            case "GET /health" -> line.json(200, "{\"status\":\"ok\"}");
            case "GET /props" ->
                line.json(
                        200,
                        "{\"default_generation_settings\":{\"n_ctx\":%d},\"total_slots\":%d,\"model_alias\":\"smollm2\",\"model_path\":\"/models/smol.gguf\",\"build_info\":\"b11549\"}"
                                .formatted(context, slots));
            case "GET /v1/models" ->
                line.json(
                        200,
                        "{\"data\":[{\"id\":\"smollm2\",\"owned_by\":\"llamacpp\",\"meta\":{\"n_params\":134515008}}]}");
            case "GET /lora-adapters" ->
                line.json(
                        200,
                        "[{\"id\":0,\"path\":\"/a/docs.gguf\",\"scale\":1.0},{\"id\":1,\"path\":\"/a/law.gguf\",\"scale\":1.0}]");
            case "POST /tokenize" ->
                tokenize(Json.parse(request.body()).path("content").asString(), line);
            case "POST /completion" -> llamaCompletion(request, line);
            case "GET /tools" ->
                line.json(403, "{\"error\":{\"message\":\"this feature is disabled\",\"type\":\"feature_disabled\"}}");
            default ->
                line.json(
                        404, "{\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}");
        }
    }

    private void tokenize(String text, Line line) throws IOException {
        var reply = Json.object();
        var ids = reply.putArray("tokens");
        for (int id : tokens.apply(text)) {
            ids.add(id);
        }
        line.json(200, Json.write(reply));
    }

    /** The canary's answer, or the rule's; null where a fault was played in place of it. */
    private String answer(JsonNode body, JsonNode grammar, Request request, Line line)
            throws IOException, InterruptedException {
        if (!readsLark && grammar.asString("").contains("start:")) {
            line.json(400, "{\"error\":{\"message\":\"EBNF parser error at line 1\",\"type\":\"BadRequestError\"}}");
            return "\0";
        }
        var word = word(grammar);
        if (!word.isEmpty()) {
            return holdsGrammars ? word : "The capital of France";
        }
        int number = completions.incrementAndGet();
        if (faultEvery > 0 && number % faultEvery == 0) {
            fault.play(request, line);
            return "\0";
        }
        asked.add(body);
        var text = grammar.isString() ? held.get(grammar.stringValue()) : null;
        return text == null ? rule.apply(prompt(body)) : text;
    }

    /** How many tokens there is room for behind a prompt, of those that are wanted. */
    private int room(JsonNode body, JsonNode wanted) {
        return Math.min(wanted.intValue(), context - counts.applyAsInt(prompt(body)));
    }

    private void llamaCompletion(Request request, Line line) throws IOException, InterruptedException {
        var body = Json.parse(request.body());
        var text = answer(body, body.path("grammar"), request, line);
        if (text.equals("\0")) {
            return;
        }
        int most = room(body, body.path("n_predict"));
        if (most < 1) {
            line.json(
                    400,
                    "{\"error\":{\"code\":400,\"message\":\"too long\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":%d}}"
                            .formatted(counts.applyAsInt(prompt(body))));
            return;
        }
        var letters = text.codePoints().mapToObj(Character::toString).toList();
        boolean whole = letters.size() < most || !word(body.path("grammar")).isEmpty();
        line.stream();
        for (var letter : whole ? letters : letters.subList(0, most)) {
            line.event(Json.write(
                    Json.object().put("index", 0).put("content", letter).put("stop", false)));
        }
        int input = counts.applyAsInt(prompt(body));
        line.event(
                "{\"content\":\"\",\"tokens\":[],\"stop\":true,\"stop_type\":\"%s\",\"tokens_evaluated\":%d,\"tokens_predicted\":%d,\"truncated\":false,\"timings\":{\"cache_n\":%d,\"prompt_n\":1}}"
                        .formatted(whole ? "eos" : "limit", input, whole ? letters.size() + 1 : most, input - 1));
        line.end();
    }

    /** As vLLM. */
    void vllm(Request request, Line line) throws IOException, InterruptedException {
        var told = instead.get(request.target());
        if (told != null) {
            line.json(Integer.parseInt(told.substring(0, 3)), told.substring(4));
            return;
        }
        switch (request.target()) {
            case "GET /health" -> line.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            case "GET /version" -> line.json(200, "{\"version\":\"0.32.0\"}");
            case "GET /v1/models" ->
                line.json(
                        200,
                        "{\"object\":\"list\",\"data\":[{\"id\":\"smollm2-135m\",\"owned_by\":\"vllm\",\"root\":\"/models/smollm2-135m\",\"parent\":null,\"max_model_len\":%d},{\"id\":\"docs\",\"owned_by\":\"vllm\",\"root\":\"/a/docs\",\"parent\":\"smollm2-135m\",\"max_model_len\":null}]}"
                                .formatted(context));
            case "POST /tokenize" ->
                tokenize(Json.parse(request.body()).path("prompt").asString(), line);
            case "POST /v1/completions" -> vllmCompletion(request, line);
            default -> line.json(404, "{\"detail\":\"Not Found\"}");
        }
    }

    private void vllmCompletion(Request request, Line line) throws IOException, InterruptedException {
        var body = Json.parse(request.body());
        var grammar = body.path("structured_outputs").path("grammar");
        var text = answer(body, grammar, request, line);
        if (text.equals("\0")) {
            return;
        }
        int most = Math.min(room(body, body.path("max_tokens")), cut);
        if (most < 1) {
            line.json(400, "{\"error\":{\"code\":400,\"message\":\"too long\",\"param\":\"input_tokens\"}}");
            return;
        }
        var letters = text.codePoints().mapToObj(Character::toString).toList();
        boolean whole = letters.size() < most || !word(grammar).isEmpty();
        line.stream();
        for (var letter : whole ? letters : letters.subList(0, most)) {
            line.event(vllmEvent(letter, null));
        }
        line.event(vllmEvent("", whole ? "stop" : "length"));
        int input = counts.applyAsInt(prompt(body));
        int output = whole ? letters.size() + 1 : most;
        line.event(
                "{\"id\":\"cmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":%s},\"system_fingerprint\":\"vllm-0.32.0-b3ea3db9\"}"
                        .formatted(
                                input,
                                input + output,
                                output,
                                countsCached ? "{\"cached_tokens\":%d}".formatted(input - 1) : "null"));
        line.event("[DONE]");
        line.end();
    }

    /** To how many tokens vLLM cuts an answer in silence. */
    int cut = Integer.MAX_VALUE;

    private static String vllmEvent(String text, @Nullable String reason) {
        var event = Json.object().put("id", "cmpl-1");
        event.putArray("choices").addObject().put("index", 0).put("text", text).put("finish_reason", reason);
        return Json.write(event);
    }
}
