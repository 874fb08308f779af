package pantheon.night.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.prompt.Dialogue;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.prompt.Message;
import pantheon.night.tool.ToolCall;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows that one sample gives, in each of the forms that trainers load. */
final class Rows {
    private final Sample sample;
    private final DialogueReader reader;
    private final Dialogue dialogue;

    /** @param reader of the format that the sample is written in */
    Rows(Sample sample, DialogueReader reader) {
        this.sample = sample;
        this.reader = reader;
        this.dialogue = reader.read(sample.text()).orElseThrow();
    }

    /** All its rows as lines, by form. */
    Map<String, List<byte[]>> lines(boolean withOpenAi) {
        var lines = new LinkedHashMap<String, List<byte[]>>();
        lines.put(Dataset.CONVERSATIONS, lines(List.of(conversation())));
        lines.put(Dataset.TURNS, turns());
        lines.put(Dataset.STRINGS, lines(strings()));
        lines.put(Dataset.CALLS, lines(calls()));
        lines.put(Dataset.OUTPUTS, lines(outputs()));
        if (withOpenAi) {
            lines.put(Dataset.OPEN_AI, lines(List.of(openAi())));
        }
        return lines;
    }

    private List<byte[]> lines(List<ObjectNode> rows) {
        return rows.stream().map(row -> DatasetFile.line(row, sample.origin())).toList();
    }

    /** One conversation: {@code messages}, arguments as objects, and {@code tools} as JSON text. */
    private ObjectNode conversation() {
        return Json.object().set("messages", messages(false)).put("tools", Json.write(tools()));
    }

    /** The same as the OpenAI API has it: tools as they are, arguments as text, results tied to their calls by ids. */
    private ObjectNode openAi() {
        return Json.object().set("messages", messages(true)).set("tools", tools());
    }

    private ArrayNode tools() {
        return Json.MAPPER.createArrayNode().addAll(dialogue.tools());
    }

    /**
     * The same as strings alone; none where an answer holds several calls, since this form knows one a turn.
     *
     * <p>A call's value is its JSON as the model writes it between its tags.
     */
    private List<ObjectNode> strings() {
        var row = Json.object();
        var turns = row.putArray("conversations");
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> row.put("system", system.content());
                case Message.User user -> turns.add(turn("human", user.content()));
                case Message.Tool tool -> turns.add(turn("observation", tool.content()));
                case Message.Assistant assistant -> {
                    if (assistant.calls().size() != 1) {
                        return List.of();
                    }
                    turns.add(turn(
                            "function_call", Json.write(named(assistant.calls().getFirst()))));
                }
            }
        }
        return List.of(row.put("tools", Json.write(tools())));
    }

    private static ObjectNode turn(String from, String value) {
        return Json.object().put("from", from).put("value", value);
    }

    private static ObjectNode named(Message.Call call) {
        return Json.object().put("name", call.name()).set("arguments", call.arguments());
    }

    private ArrayNode messages(boolean openAi) {
        var messages = Json.MAPPER.createArrayNode();
        int called = 0;
        int returned = 0;
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> messages.add(said("system", system));
                case Message.User user -> messages.add(said("user", user));
                case Message.Assistant assistant -> {
                    var answer = said("assistant", assistant);
                    var calls = answer.putArray("tool_calls");
                    for (var call : assistant.calls()) {
                        calls.add(openAi ? callAsText(++called, call) : call(call));
                    }
                    messages.add(answer);
                }
                case Message.Tool tool -> {
                    var result = said("tool", tool);
                    messages.add(openAi ? result.put("tool_call_id", id(++returned)) : result);
                }
            }
        }
        return messages;
    }

    private static ObjectNode said(String role, Message message) {
        return Json.object().put("role", role).put("content", message.content());
    }

    private static ObjectNode call(Message.Call call) {
        return Json.object().put("type", "function").set("function", named(call));
    }

    /** @param number the call's place among all of the conversation, from 1; results come in the same order */
    private static ObjectNode callAsText(int number, Message.Call call) {
        var item = Json.object().put("id", id(number)).put("type", "function");
        item.putObject("function").put("name", call.name()).put("arguments", Json.write(call.arguments()));
        return item;
    }

    private static String id(int number) {
        return "call_" + number;
    }

    /** One row a turn: the prompt as it was sent, and the answer with the end of its turn. */
    private List<byte[]> turns() {
        var lines = new ArrayList<byte[]>();
        var text = sample.text();
        var prompt = new Prefix();
        int end = 0;
        for (var answer : reader.answers(text)) {
            prompt.add(text.substring(end, answer.start()));
            end = answer.end();
            var completion = text.substring(answer.start(), end);
            if (sample.wasSent(prompt.hash())) {
                lines.add(prompt.line(completion));
            }
            prompt.add(completion);
        }
        return lines;
    }

    /** What the prompts of a conversation begin with alike; each part is made JSON and hashed once. */
    private final class Prefix {
        private final StringBuilder json = new StringBuilder("{\"prompt\":\"");
        private final MessageDigest digest = Sha256.digest();

        void add(String part) {
            escape(part, json);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }

        String hash() {
            return Sha256.hexSoFar(digest);
        }

        byte[] line(String completion) {
            var line = new StringBuilder(json).append("\",\"completion\":\"");
            escape(completion, line);
            return line.append("\",")
                    .append(sample.origin())
                    .append("}\n")
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static void escape(String text, StringBuilder json) {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
    }

    /** One row a tool call: what had been said since the system turn, and the call. */
    private List<ObjectNode> calls() {
        var rows = new ArrayList<ObjectNode>();
        eachCall((prompt, call) -> {
            if (!call.name().equals(ToolCall.FINAL)) {
                var row = pair(prompt).put("tool_name", call.name());
                row.set("args", call.arguments());
                rows.add(row);
            }
        });
        return rows;
    }

    /** One row a sample: what had been said before it, and the output. */
    private List<ObjectNode> outputs() {
        var rows = new ArrayList<ObjectNode>();
        eachCall((prompt, call) -> {
            if (call.name().equals(ToolCall.FINAL)) {
                var row = pair(prompt);
                row.set("output", call.arguments());
                rows.add(row);
            }
        });
        return rows;
    }

    private interface CallTaker {
        void take(String prompt, Message.Call call);
    }

    private void eachCall(CallTaker taker) {
        var said = new ArrayList<String>();
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> {}
                case Message.User user -> said.add(user.content());
                case Message.Tool tool -> said.add(tool.content());
                case Message.Assistant assistant -> {
                    var prompt = String.join("\n", said);
                    assistant.calls().forEach(call -> taker.take(prompt, call));
                    assistant.calls().forEach(call -> said.add(call.name() + " " + Json.write(call.arguments())));
                }
            }
        }
    }

    private ObjectNode pair(String prompt) {
        return Json.object().put("task", sample.task()).put("prompt", prompt);
    }
}
