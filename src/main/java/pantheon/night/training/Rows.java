package pantheon.night.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.prompt.Dialogue;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.prompt.Message;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.node.ObjectNode;

/** The rows that one sample gives, in each of the forms that trainers load. */
final class Rows {
    private final Sample sample;
    private final DialogueReader reader;
    private final Dialogue dialogue;
    private final ObjectNode difficulty;
    private final ObjectNode provenance;

    /** @param reader of the format that the sample is written in */
    Rows(Sample sample, DialogueReader reader) {
        this.sample = sample;
        this.reader = reader;
        this.dialogue = reader.read(sample.text()).orElseThrow();
        this.difficulty = sample.difficulty().json();
        this.provenance = sample.provenance().json();
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
        dialogue.tools().forEach(row.putArray("tools")::add);
        return withOrigin(row);
    }

    private static ObjectNode said(String role, Message message) {
        return Json.object().put("role", role).put("content", message.content());
    }

    private static ObjectNode call(Message.Call call) {
        var item = Json.object().put("type", "function");
        item.putObject("function").put("name", call.name()).set("arguments", call.arguments());
        return item;
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
    List<ObjectNode> turns() {
        var rows = new ArrayList<ObjectNode>();
        var text = sample.text();
        for (var answer : reader.answers(text)) {
            var prompt = text.substring(0, answer.start());
            if (sample.wasSent(prompt)) {
                var completion = text.substring(answer.start(), answer.end());
                rows.add(withOrigin(Json.object().put("prompt", prompt).put("completion", completion)));
            }
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
        row.set("difficulty", difficulty);
        row.set("provenance", provenance);
        return row;
    }
}
