package pantheon.night.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.prompt.Dialogue;
import pantheon.night.prompt.Message;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.node.ObjectNode;

/** The rows that one sample gives, in each of the forms that trainers load. */
final class Rows {
    private final Sample sample;
    private final Dialogue dialogue;

    Rows(Sample sample, Dialogue dialogue) {
        this.sample = sample;
        this.dialogue = dialogue;
    }

    /** All its rows as lines, by form. */
    Map<String, List<byte[]>> lines(boolean withOpenAi) {
        var lines = new LinkedHashMap<String, List<byte[]>>();
        lines.put(Dataset.CONVERSATIONS, lines(List.of(conversation())));
        lines.put(Dataset.TURNS, lines(turns()));
        lines.put(Dataset.CALL_PAIRS, lines(callPairs()));
        lines.put(Dataset.OUTPUT_PAIRS, lines(outputPairs()));
        if (withOpenAi) {
            lines.put(Dataset.OPEN_AI, lines(List.of(openAi())));
        }
        return lines;
    }

    private static List<byte[]> lines(List<ObjectNode> rows) {
        return rows.stream().map(DatasetFile::line).toList();
    }

    /** One conversation: {@code messages} and {@code tools}, arguments as objects. */
    ObjectNode conversation() {
        return conversation(false);
    }

    /** The same as the OpenAI API has it: arguments as text, results tied to their calls by ids. */
    ObjectNode openAi() {
        return conversation(true);
    }

    private ObjectNode conversation(boolean openAi) {
        var row = Json.object();
        var messages = row.putArray("messages");
        var ids = new ArrayList<String>();
        int results = 0;
        for (var message : dialogue.messages()) {
            var json = messages.addObject();
            switch (message) {
                case Message.Instructions system -> json.put("role", "system").put("content", system.content());
                case Message.User user -> json.put("role", "user").put("content", user.content());
                case Message.Assistant assistant -> {
                    json.put("role", "assistant").put("content", assistant.content());
                    var calls = json.putArray("tool_calls");
                    for (var call : assistant.calls()) {
                        var item = calls.addObject();
                        if (openAi) {
                            ids.add("call_" + (ids.size() + 1));
                            item.put("id", ids.getLast());
                        }
                        var function = item.put("type", "function")
                                .putObject("function")
                                .put("name", call.name());
                        if (openAi) {
                            function.put("arguments", Json.write(call.arguments()));
                        } else {
                            function.set("arguments", call.arguments());
                        }
                    }
                }
                case Message.Tool tool -> {
                    json.put("role", "tool").put("content", tool.content());
                    if (openAi) {
                        json.put("tool_call_id", ids.get(results++));
                    }
                }
            }
        }
        dialogue.tools().forEach(row.putArray("tools")::add);
        return withOrigin(row);
    }

    /** One row a turn: the prompt as it was sent, and the answer with the end of its turn. */
    List<ObjectNode> turns() {
        var rows = new ArrayList<ObjectNode>();
        var text = sample.text();
        int at = text.indexOf(ChatTemplate.GENERATION_PROMPT);
        while (at >= 0) {
            int answer = at + ChatTemplate.GENERATION_PROMPT.length();
            int end = text.indexOf(ChatTemplate.TURN_END, answer) + ChatTemplate.TURN_END.length();
            var prompt = text.substring(0, answer);
            if (sample.wasSent(prompt)) {
                rows.add(
                        withOrigin(Json.object().put("prompt", prompt).put("completion", text.substring(answer, end))));
            }
            at = text.indexOf(ChatTemplate.GENERATION_PROMPT, end);
        }
        return rows;
    }

    /** Plain pairs, one a tool call: what had been said since the system turn, and the call. */
    List<ObjectNode> callPairs() {
        var rows = new ArrayList<ObjectNode>();
        eachCall((prompt, call) -> {
            if (!call.name().equals(ToolCall.FINAL)) {
                var row = pair(prompt).put("tool_name", call.name());
                row.set("args", call.arguments());
                rows.add(withOrigin(row));
            }
        });
        return rows;
    }

    /** Plain pairs, one a sample: what had been said before it, and the output. */
    List<ObjectNode> outputPairs() {
        var rows = new ArrayList<ObjectNode>();
        eachCall((prompt, call) -> {
            if (call.name().equals(ToolCall.FINAL)) {
                var row = pair(prompt);
                row.set("output", call.arguments());
                rows.add(withOrigin(row));
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
        return Json.object().put("task", sample.provenance().task()).put("prompt", prompt);
    }

    private ObjectNode withOrigin(ObjectNode row) {
        row.set("difficulty", sample.difficulty().json());
        row.set("provenance", sample.provenance().json());
        return row;
    }
}
