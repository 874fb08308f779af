package pantheon.night.prompt;

import java.util.List;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * The byte-exact chat templates of Qwen.
 *
 * <p>The two render the same bytes wherever there is a system message and arguments are objects, which is all that
 * the tool loop ever sends. Sources: the chat templates published with Qwen2.5-Instruct and Qwen3-Instruct-2507.
 */
public enum QwenTemplate {
    QWEN2_5,
    QWEN3_2507;

    static final String TURN_START = "<|im_start|>";
    static final String TURN_END = "<|im_end|>";
    static final String TURN_CLOSE = TURN_END + "\n";
    static final String CALL_OPEN = "<tool_call>";
    static final String CALL_CLOSE = "</tool_call>";
    static final String RESULT_OPEN = "<tool_response>";
    static final String RESULT_CLOSE = "</tool_response>";
    static final String GENERATION_PROMPT = TURN_START + "assistant\n";

    /** The texts that the template itself uses as control tokens. */
    static final List<String> CONTROL_TEXTS =
            List.of("<|endoftext|>", TURN_START, TURN_END, CALL_OPEN, CALL_CLOSE, RESULT_OPEN, RESULT_CLOSE);

    private static final String DEFAULT_SYSTEM = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";
    private static final String TOOLS_BEFORE = """
            # Tools

            You may call one or more functions to assist with the user query.

            You are provided with function signatures within <tools></tools> XML tags:
            <tools>""";
    private static final String TOOLS_AFTER = """

            </tools>

            For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call>""";

    /**
     * Renders a conversation.
     *
     * @param tools one JSON value a tool, written as it is
     * @param generationPrompt whether the assistant's turn is opened at the end
     */
    public String render(List<Message> messages, List<JsonNode> tools, boolean generationPrompt) {
        var out = new StringBuilder();
        system(messages, tools, out);
        boolean opened = !messages.isEmpty() && messages.getFirst() instanceof Message.Instructions;
        for (int i = opened ? 1 : 0; i < messages.size(); i++) {
            switch (messages.get(i)) {
                case Message.Instructions system -> out.append(turn("system", system.content()));
                case Message.User user -> out.append(turn("user", user.content()));
                case Message.Assistant assistant -> assistant(assistant, out);
                case Message.Tool tool -> {
                    boolean first = i == 0 || !(messages.get(i - 1) instanceof Message.Tool);
                    boolean last = i + 1 == messages.size() || !(messages.get(i + 1) instanceof Message.Tool);
                    out.append(first ? TURN_START + "user" : "");
                    out.append('\n').append(RESULT_OPEN).append('\n').append(tool.content());
                    out.append('\n').append(RESULT_CLOSE).append(last ? TURN_CLOSE : "");
                }
            }
        }
        return out.append(generationPrompt ? GENERATION_PROMPT : "").toString();
    }

    private void system(List<Message> messages, List<JsonNode> tools, StringBuilder out) {
        boolean given = !messages.isEmpty() && messages.getFirst() instanceof Message.Instructions;
        var text = given ? messages.getFirst().content() : this == QWEN2_5 ? DEFAULT_SYSTEM : null;
        if (tools.isEmpty()) {
            if (text != null) {
                out.append(turn("system", text));
            }
            return;
        }
        out.append(TURN_START).append("system\n");
        if (text != null) {
            out.append(text).append("\n\n");
        }
        out.append(TOOLS_BEFORE);
        tools.forEach(tool -> out.append('\n').append(Json.write(tool)));
        out.append(TOOLS_AFTER).append(TURN_CLOSE);
    }

    private void assistant(Message.Assistant message, StringBuilder out) {
        out.append(TURN_START).append("assistant");
        boolean lineOpen = this == QWEN3_2507
                || message.calls().isEmpty()
                || !message.content().isEmpty();
        out.append(lineOpen ? "\n" : "").append(message.content());
        boolean newLine = this == QWEN2_5 || !message.content().isEmpty();
        for (var call : message.calls()) {
            out.append(newLine ? "\n" : "")
                    .append(CALL_OPEN)
                    .append("\n{\"name\": \"")
                    .append(call.name());
            out.append("\", \"arguments\": ");
            boolean verbatim = this == QWEN3_2507 && call.arguments().isString();
            out.append(verbatim ? call.arguments().stringValue() : Json.write(call.arguments()));
            out.append("}\n").append(CALL_CLOSE);
            newLine = true;
        }
        out.append(TURN_CLOSE);
    }

    /** One whole turn of a role. */
    static String turn(String role, String content) {
        return TURN_START + role + "\n" + content + TURN_CLOSE;
    }
}
