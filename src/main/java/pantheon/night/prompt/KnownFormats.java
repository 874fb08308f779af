package pantheon.night.prompt;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pantheon.night.prompt.ToolsText.Writing;
import pantheon.night.prompt.Turns.Corrections;
import pantheon.night.prompt.Turns.Results;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.CallForm.OfPython.Values;

/**
 * The formats beside Qwen's own, by the chat templates that write the same bytes.
 *
 * <p>Sources: the templates of the models, as llama.cpp (in llama-cpp-python 0.3.36) and TRL 1.16 carry them; those of
 * Llama 3.2's pythonic calls as vLLM's examples have it, and Olmo 3's as its model card's repository does.
 */
final class KnownFormats {
    static final ChatFormat QWEN = new QwenFormat();

    private static final String RESULT = "<tool_response>\n";
    private static final String RESULT_END = "\n</tool_response>";
    private static final String NO_THOUGHT = "<think>\n\n</think>\n\n";

    private static final List<String> CHATML = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final List<String> TAGS =
            List.of("<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>");
    private static final List<String> THINK = List.of("<think>", "</think>");

    private static final String JSON_CALLS = """


            For each %s call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call>""";
    private static final String EXAMPLE = """
            <tool_call>
            <function=example_function_name>
            <parameter=example_parameter_1>
            value_1
            </parameter>
            <parameter=example_parameter_2>
            """;
    private static final String EXAMPLE_END = """

            </parameter>
            </function>
            </tool_call>

            <IMPORTANT>
            Reminder:
            """;
    private static final String REMINDER = """
            - Required parameters MUST be specified
            - You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after
            - If there is no function call available, answer the question like normal with your current knowledge and do not tell the user about function calls
            </IMPORTANT>""";

    static final FramedFormat GRANITE = new FramedFormat(
            "hermes-granite",
            new Turns(
                    "",
                    "<|start_of_role|>",
                    "<|end_of_role|>",
                    "<|end_of_text|>",
                    "\n",
                    "",
                    new Results("user", true, "\n" + RESULT, RESULT_END, ""),
                    Corrections.USER),
            new ToolsText(
                    false,
                    "\n\n",
                    """
                    You are a helpful assistant with access to the following tools. You may call one or more tools to assist with the user query.

                    You are provided with function signatures within <tools></tools> XML tags:
                    <tools>
                    """,
                    "\n",
                    "\n</tools>" + JSON_CALLS.formatted("tool")
                            + ". If a tool does not exist in the provided list of tools, notify the user that you do not have the ability to fulfill the request.",
                    Writing.JSON),
            QwenFormat.CALL,
            Stream.concat(Stream.of("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"), TAGS.stream())
                    .toList());

    static final FramedFormat QWEN_3_6 = qwenXml("qwen-xml", false);
    static final FramedFormat QWEN_3_5 = qwenXml("qwen-xml-3.5", true);

    static final FramedFormat QWEN_CODER = new FramedFormat(
            "qwen-xml-coder",
            chatMl("", "", new Results("user", true, RESULT, RESULT_END, "\n"), Corrections.USER),
            new ToolsText(
                    false,
                    "\n\n",
                    "# Tools\n\nYou have access to the following tools:\n\n<tools>\n",
                    "\n",
                    "\n</tools>\n\nIf you choose to call a tool ONLY reply in the following format with NO suffix:\n\n"
                            + EXAMPLE
                            + "value_2" + EXAMPLE_END
                            + "- Function calls MUST follow the specified format: the tool calling block MUST begin with an opening <tool_call> tag and end with a closing </tool_call> tag.\n"
                            + REMINDER,
                    Writing.TAGS),
            xmlCall(true),
            all(CHATML, TAGS));

    static final FramedFormat LFM2 = lfm2("pythonic", "<|tool_list_start|>", "<|tool_list_end|>", true);
    static final FramedFormat LFM2_5 = lfm2("pythonic-lfm2.5", "", "", false);

    static final FramedFormat OLMO_3 = new FramedFormat(
            "pythonic-olmo3",
            chatMl("", "", new Results("environment", false, "", "", ""), Corrections.USER),
            new ToolsText(false, "", "<functions>[", ", ", "]</functions>", Writing.JSON),
            new CallForm.OfPython("<function_calls>", "", "\n", "", "</function_calls>", Values.JSON),
            all(CHATML, List.of("<functions>", "</functions>", "<function_calls>", "</function_calls>")));

    static final FramedFormat LLAMA_3_2 = new FramedFormat(
            "pythonic-llama3",
            new Turns(
                    "<|begin_of_text|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>\n\n",
                    "<|eot_id|>",
                    "",
                    "",
                    new Results("ipython", false, "{\"output\": ", "}", "", true),
                    Corrections.USER),
            new ToolsText(true, "\n\n", """
                    Environment: ipython
                    Cutting Knowledge Date: December 2023
                    Today Date: 26 Jul 2024

                    You have access to the following functions. To call functions, please respond with a python list of the calls. Respond in the format [func_name1(params_name1=params_value1, params_name2=params_value2...), func_name2(params)] Do not use variables.

                    """, "\n\n", "", Writing.INDENTED),
            new CallForm.OfPython("", "[", ", ", "]", "", Values.PYTHON),
            List.of(
                    "<|begin_of_text|>",
                    "<|end_of_text|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|eom_id|>",
                    "<|eot_id|>",
                    "<|python_tag|>"));

    static final FramedFormat SMOLLM3 = new FramedFormat(
            "hermes-smollm3",
            chatMl("", "<think>\n\n</think>\n", new Results("user", false, "", "", ""), Corrections.USER),
            new ToolsText(
                    false,
                    """
                    ## Metadata

                    Knowledge Cutoff Date: June 2025
                    Reasoning Mode: /no_think

                    ## Custom Instructions

                    """,
                    "\n\n",
                    """
                    # Tools

                    You may call one or more functions to assist with the user query.

                    You are provided with function signatures within <tools></tools> XML tags:
                    <tools>
                    """,
                    "\n",
                    "\n</tools>" + JSON_CALLS.formatted("function"),
                    "\n\n",
                    Writing.JSON),
            QwenFormat.CALL,
            all(CHATML, all(TAGS, THINK)));

    static final List<ChatFormat> ALL =
            List.of(GRANITE, SMOLLM3, QWEN_3_6, QWEN_3_5, QWEN_CODER, LFM2, LFM2_5, OLMO_3, LLAMA_3_2);

    /** SHA-256 of the models' templates → the format that writes the same bytes in a tool loop. */
    static final Map<String, ChatFormat> BY_TEMPLATE = Map.ofEntries(
            Map.entry("cd8e9439f0570856fd70470bf8889ebd8b5d1107207f67a5efb46e342330527f", QWEN), // Qwen2.5
            Map.entry("a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8", QWEN), // Qwen3
            Map.entry("64f85b198065d0fba2a81f37e10ed68161ce2c19a754c7100e67e0ca2ee9c326", QWEN), // Qwen3-2507
            Map.entry("9524df67b77a7b25a2dfee898f75b316a157eb9d855b51e32aeac79d7c8a83ce", GRANITE), // Granite 4.0
            Map.entry("fed2756d2d24e127b951dcf139d0b03ab7db8ef23a456128ebc9c2db4901d476", GRANITE), // Granite 4.1
            Map.entry(
                    "a4aee8afcf2e0711942cf848899be66016f8d14a889ff9ede07bca099c28f715",
                    QWEN_3_5), // Qwen3.5-4B and larger
            Map.entry(
                    "273d8e0e683b885071fb17e08d71e5f2a5ddfb5309756181681de4f5a1822d80",
                    QWEN_3_5), // Qwen3.5-2B and smaller
            Map.entry("e84f32a23fdda27689f868aa4a1a5621f41133e51a48d7f3efcbea2839574259", QWEN_3_6), // Qwen3.6
            Map.entry("c3cf9e34abf4f9e36c2d72165aa9c132d3e2a725b6c2586aaa3a8af9d7a81041", QWEN_3_6), // Qwen3.8
            Map.entry("d287fb2edf144207f868ae1b282755dc19db2a3f1c5b3a3d57e9e5abffa98392", QWEN_CODER), // Qwen3-Coder
            Map.entry("cef187400d62a59507aab3a642ea9a8d2a2ef263562bc3430560e116945273cf", LFM2), // LFM2, calls as text
            Map.entry("2294f49b51a0b9a1b0194add3f124237b5bd986599f43180eec49bba4de01365", LFM2), // LFM2-8B-A1B
            Map.entry("f05bf4b967dc993bdc7a2fe6e43759ee218eb0eb340d68b063e1c4f8ad148176", LFM2_5), // LFM2.5-Instruct
            Map.entry("5504d163d879bfb6fd4135b7fa3d56768b2e69dd718338f7b146750289f46ab0", LFM2)); // LFM2, revised

    private KnownFormats() {}

    private static Turns chatMl(String first, String beforeAnswer, Results results, Corrections corrections) {
        return new Turns(first, "<|im_start|>", "\n", "<|im_end|>", "\n", beforeAnswer, results, corrections);
    }

    private static FramedFormat qwenXml(String name, boolean pythonWords) {
        return new FramedFormat(
                name,
                chatMl("", NO_THOUGHT, new Results("user", true, RESULT, RESULT_END, ""), Corrections.RESULT),
                new ToolsText(
                        true,
                        "\n\n",
                        "# Tools\n\nYou have access to the following functions:\n\n<tools>\n",
                        "\n",
                        "\n</tools>\n\nIf you choose to call a function ONLY reply in the following format with NO suffix:\n\n"
                                + EXAMPLE
                                + "This is the value for the second parameter\nthat can span\nmultiple lines"
                                + EXAMPLE_END
                                + "- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags\n"
                                + REMINDER,
                        Writing.JSON),
                xmlCall(pythonWords),
                all(CHATML, all(TAGS, THINK)));
    }

    private static FramedFormat lfm2(String name, String listOpen, String listClose, boolean resultTokens) {
        return new FramedFormat(
                name,
                chatMl(
                        "<|startoftext|>",
                        "",
                        new Results(
                                "tool",
                                false,
                                resultTokens ? "<|tool_response_start|>" : "",
                                resultTokens ? "<|tool_response_end|>" : "",
                                ""),
                        Corrections.USER),
                new ToolsText(false, "\n", "List of tools: " + listOpen + "[", ", ", "]" + listClose, Writing.JSON),
                new CallForm.OfPython("<|tool_call_start|>", "[", ", ", "]", "<|tool_call_end|>", Values.QUOTED),
                all(
                        List.of("<|startoftext|>"),
                        all(
                                CHATML,
                                List.of(
                                        "<|tool_list_start|>",
                                        "<|tool_list_end|>",
                                        "<|tool_call_start|>",
                                        "<|tool_call_end|>",
                                        "<|tool_response_start|>",
                                        "<|tool_response_end|>"))));
    }

    private static CallForm xmlCall(boolean pythonWords) {
        return new CallForm.OfXml(
                "<tool_call>",
                "\n<function=",
                ">\n",
                "<parameter=",
                ">\n",
                "\n</parameter>\n",
                "</function>\n",
                "</tool_call>",
                pythonWords,
                all(CHATML, all(TAGS, THINK)));
    }

    private static List<String> all(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
