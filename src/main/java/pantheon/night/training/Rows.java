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
import pantheon.night.training.secrets.ComposedText;
import pantheon.night.training.secrets.Passage;
import pantheon.night.training.secrets.Secrets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows that one sample gives, in each of the forms that trainers load. */
final class Rows {
    private final Sample sample;
    private final DialogueReader reader;
    private final Dialogue dialogue;
    private final Opening opening;

    /** What each row ends with. */
    private final Passage ending;

    /**
     * @param reader of the format that the sample is written in
     * @param openings of its conversations
     */
    Rows(Sample sample, DialogueReader reader, Openings openings, Secrets secrets) {
        this.sample = sample;
        this.reader = reader;
        this.dialogue = reader.read(sample.text()).orElseThrow();
        this.opening = openings.of(sample.text(), dialogue);
        this.ending = secrets.passage(sample.origin() + "}");
    }

    /** The sample itself, where the rows have what is to be searched.
     *
     * @param written as it is written
     */
    ComposedText sample(String written) {
        var text = sample.text();
        return new ComposedText()
                .add(written.substring(0, written.length() - text.length()))
                .add(opening.turn())
                .add(text.substring(opening.turn().length()));
    }

    /** All its rows as lines without their ends, by form. */
    Map<String, List<ComposedText>> lines(boolean withOpenAi) {
        var lines = new LinkedHashMap<String, List<ComposedText>>();
        lines.put(Dataset.CONVERSATIONS, List.of(conversation()));
        lines.put(Dataset.TURNS, turns());
        lines.put(Dataset.STRINGS, strings());
        var asked = asked();
        lines.put(Dataset.CALLS, calls(asked));
        lines.put(Dataset.OUTPUTS, outputs(asked));
        if (withOpenAi) {
            lines.put(Dataset.OPEN_AI, List.of(openAi()));
        }
        return lines;
    }

    /** One conversation: {@code messages}, arguments as objects, and {@code tools} as JSON text. */
    private ComposedText conversation() {
        return row(new ComposedText().add(opening.messages()), messages(false), opening.toolsAsText());
    }

    /** The same as the OpenAI API has it: tools as they are, arguments as text, results tied to their calls by ids. */
    private ComposedText openAi() {
        return row(new ComposedText().add(opening.messages()), messages(true), opening.tools());
    }

    /**
     * A row with an array, and further members.
     *
     * @param begin all before the first of the items
     */
    private ComposedText row(ComposedText begin, ArrayNode items, Passage... members) {
        var row = begin.add(Json.MAPPER.writeValueAsString(items).substring(1)).add(",");
        for (var member : members) {
            row.add(member).add(",");
        }
        return row.add(ending);
    }

    /**
     * The same as strings alone; none where an answer holds several calls, since this form knows one a turn.
     *
     * <p>A call's value is its JSON as the model writes it between its tags.
     */
    private List<ComposedText> strings() {
        var turns = Json.MAPPER.createArrayNode();
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> {}
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
        var begin = ComposedText.of("{\"conversations\":[");
        return List.of(opening.system()
                .map(system -> row(begin, turns, system, opening.toolsAsText()))
                .orElseGet(() -> row(begin, turns, opening.toolsAsText())));
    }

    private static ObjectNode turn(String from, String value) {
        return Json.object().put("from", from).put("value", value);
    }

    private static ObjectNode named(Message.Call call) {
        return Json.object().put("name", call.name()).set("arguments", call.arguments());
    }

    /** All but the system's. */
    private ArrayNode messages(boolean openAi) {
        var messages = Json.MAPPER.createArrayNode();
        int called = 0;
        int returned = 0;
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> {}
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
    private List<ComposedText> turns() {
        var lines = new ArrayList<ComposedText>();
        var text = sample.text();
        var prompt = new Prefix();
        int end = opening.turn().length();
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
        private final ComposedText json = new ComposedText().add(opening.prompt());
        private final MessageDigest digest = opening.digest();

        void add(String part) {
            json.add(Opening.escaped(part));
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }

        String hash() {
            return Sha256.hexSoFar(digest);
        }

        ComposedText line(String completion) {
            return new ComposedText()
                    .add(json)
                    .add("\",\"completion\":\"")
                    .add(Opening.escaped(completion))
                    .add("\",")
                    .add(ending);
        }
    }

    /** One row a tool call: what had been said since the system turn, and the call. */
    private List<ComposedText> calls(List<Asked> asked) {
        return asked.stream()
                .filter(one -> !one.isFinal())
                .map(one -> row(
                        one,
                        Json.object()
                                .put("tool_name", one.call().name())
                                .set("args", one.call().arguments())))
                .toList();
    }

    /** One row a sample: what had been said before it, and the output. */
    private List<ComposedText> outputs(List<Asked> asked) {
        return asked.stream()
                .filter(Asked::isFinal)
                .map(one -> row(one, Json.object().set("output", one.call().arguments())))
                .toList();
    }

    private ComposedText row(Asked asked, ObjectNode members) {
        var row = Json.object().put("task", sample.task()).put("prompt", asked.prompt());
        var json = Json.MAPPER.writeValueAsString(row.setAll(members));
        return new ComposedText()
                .add(json.substring(0, json.length() - 1))
                .add(",")
                .add(ending);
    }

    /**
     * A call.
     *
     * @param prompt what had been said since the system turn
     */
    private record Asked(String prompt, Message.Call call) {
        boolean isFinal() {
            return call.name().equals(ToolCall.FINAL);
        }
    }

    private List<Asked> asked() {
        var asked = new ArrayList<Asked>();
        var said = new ArrayList<String>();
        for (var message : dialogue.messages()) {
            switch (message) {
                case Message.Instructions system -> {}
                case Message.User user -> said.add(user.content());
                case Message.Tool tool -> said.add(tool.content());
                case Message.Assistant assistant -> {
                    var prompt = String.join("\n", said);
                    for (var call : assistant.calls()) {
                        asked.add(new Asked(prompt, call));
                        said.add(call.name() + " " + Json.write(call.arguments()));
                    }
                }
            }
        }
        return asked;
    }
}
