package pantheon.night.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.tool.ToolCall;
import pantheon.night.training.secrets.ComposedText;
import pantheon.night.training.secrets.Passage;
import pantheon.night.training.secrets.Secrets;

/** The rows that one sample gives, in each of the forms that trainers load. */
final class Rows {
    private final Sample sample;
    private final DialogueReader reader;
    private final Secrets secrets;
    private final Opening opening;
    private final List<Said> said;

    /** What each row ends with. */
    private final Passage ending;

    /**
     * @param reader of the format that the sample is written in
     * @param openings of its conversations
     */
    Rows(Sample sample, DialogueReader reader, Openings openings, Secrets secrets) {
        this.sample = sample;
        this.reader = reader;
        this.secrets = secrets;
        var dialogue = reader.read(sample.text()).orElseThrow();
        this.opening = openings.of(sample.text(), dialogue);
        this.said = Said.of(dialogue.messages(), secrets);
        this.ending = secrets.passage(sample.origin() + "}");
    }

    /**
     * The sample itself.
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
     * @param items with what closes the array
     */
    private ComposedText row(ComposedText begin, ComposedText items, Passage... members) {
        var row = begin.add(items).add(",");
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
        var turns = new Joined(",");
        for (var message : said) {
            switch (message) {
                case Said.User user -> turns.next().add(turn("human")).add(user.content());
                case Said.Result result -> turns.next().add(turn("observation")).add(result.content());
                case Said.Answer answer -> {
                    if (answer.calls().size() != 1) {
                        return List.of();
                    }
                    turns.next()
                            .add(turn("function_call"))
                            .add(answer.calls().getFirst().asWritten());
                }
            }
            turns.last().add("\"}");
        }
        turns.last().add("]");
        var conversations = ComposedText.of("{\"conversations\":[");
        return List.of(opening.system()
                .map(system -> row(conversations, turns.last(), system, opening.toolsAsText()))
                .orElseGet(() -> row(conversations, turns.last(), opening.toolsAsText())));
    }

    private static String turn(String from) {
        return "{\"from\":\"" + from + "\",\"value\":\"";
    }

    /** Texts with something between them. */
    private static final class Joined {
        private final ComposedText text = new ComposedText();
        private final String separator;
        private boolean isFirst = true;

        Joined(String separator) {
            this.separator = separator;
        }

        /** The text, for another one to be added. */
        ComposedText next() {
            text.add(isFirst ? "" : separator);
            isFirst = false;
            return text;
        }

        /** The text, for the last one to go on. */
        ComposedText last() {
            return text;
        }
    }

    /** All but the system's. */
    private ComposedText messages(boolean openAi) {
        var messages = new Joined(",");
        int called = 0;
        int returned = 0;
        for (var message : said) {
            switch (message) {
                case Said.User user ->
                    messages.next().add(role("user")).add(user.content()).add("\"}");
                case Said.Answer answer -> {
                    messages.next().add(role("assistant")).add(answer.content()).add("\",\"tool_calls\":[");
                    var calls = new Joined(",");
                    for (var call : answer.calls()) {
                        calls.next().add(openAi ? callAsText(++called, call) : call(call));
                    }
                    messages.last().add(calls.last()).add("]}");
                }
                case Said.Result result -> {
                    messages.next().add(role("tool")).add(result.content()).add("\"");
                    messages.last().add(openAi ? ",\"tool_call_id\":\"%s\"}".formatted(id(++returned)) : "}");
                }
            }
        }
        return messages.last().add("]");
    }

    private static String role(String role) {
        return "{\"role\":\"" + role + "\",\"content\":\"";
    }

    private static ComposedText call(Said.Call call) {
        return new ComposedText()
                .add("{\"type\":\"function\",\"function\":{\"name\":" + call.name() + ",\"arguments\":")
                .add(call.arguments())
                .add("}}");
    }

    /** @param number the call's place among all of the conversation, from 1; results come in the same order */
    private static ComposedText callAsText(int number, Said.Call call) {
        return new ComposedText()
                .add("{\"id\":\"" + id(number) + "\",\"type\":\"function\",\"function\":{\"name\":" + call.name())
                .add(",\"arguments\":\"")
                .add(call.written())
                .add("\"}}");
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
            var before = text.substring(end, answer.start());
            prompt.add(passage(before), before);
            end = answer.end();
            var completion = text.substring(answer.start(), end);
            var escaped = passage(completion);
            if (sample.wasSent(prompt.hash())) {
                lines.add(prompt.line(escaped));
            }
            prompt.add(escaped, completion);
        }
        return lines;
    }

    /** What the prompts of a conversation begin with alike; each part is made JSON and hashed once. */
    private final class Prefix {
        private final ComposedText json = new ComposedText().add(opening.prompt());
        private final MessageDigest digest = opening.digest();

        void add(Passage escaped, String part) {
            json.add(escaped);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }

        String hash() {
            return Sha256.hexSoFar(digest);
        }

        ComposedText line(Passage completion) {
            return new ComposedText()
                    .add(json)
                    .add("\",\"completion\":\"")
                    .add(completion)
                    .add("\",")
                    .add(ending);
        }
    }

    private Passage passage(String part) {
        return secrets.passage(Json.escaped(part));
    }

    /** One row a tool call: what had been said since the system turn, and the call. */
    private List<ComposedText> calls(List<Asked> asked) {
        return asked.stream()
                .filter(one -> !one.isFinal())
                .map(one -> row(one, "\"tool_name\":" + one.call().name() + ",\"args\":"))
                .toList();
    }

    /** One row a sample: what had been said before it, and the output. */
    private List<ComposedText> outputs(List<Asked> asked) {
        return asked.stream()
                .filter(Asked::isFinal)
                .map(one -> row(one, "\"output\":"))
                .toList();
    }

    /** @param members between the prompt and the arguments */
    private ComposedText row(Asked asked, String members) {
        return new ComposedText()
                .add("{\"task\":" + Json.quote(sample.task()) + ",\"prompt\":\"")
                .add(asked.prompt())
                .add("\"," + members)
                .add(asked.call().arguments())
                .add(",")
                .add(ending);
    }

    /**
     * A call.
     *
     * @param prompt what had been said since the system turn
     */
    private record Asked(ComposedText prompt, Said.Call call) {
        boolean isFinal() {
            return call.tool().equals(ToolCall.FINAL);
        }
    }

    private List<Asked> asked() {
        var asked = new ArrayList<Asked>();
        var lines = new Joined("\\n");
        for (var message : said) {
            switch (message) {
                case Said.User user -> lines.next().add(user.content());
                case Said.Result result -> lines.next().add(result.content());
                case Said.Answer answer -> {
                    var prompt = new ComposedText().add(lines.last());
                    for (var call : answer.calls()) {
                        asked.add(new Asked(prompt, call));
                        lines.next().add(Json.escaped(call.tool() + " ")).add(call.written());
                    }
                }
            }
        }
        return asked;
    }
}
