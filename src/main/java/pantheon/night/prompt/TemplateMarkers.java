package pantheon.night.prompt;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a chat template tells of its format, where its hash is not known.
 *
 * <p>The order is that of OpenVINO Model Server's analyser: what is looked for later stands in some templates beside what
 * is looked for earlier. A call's form alone is not enough: the frame of turns has to be known too.
 */
final class TemplateMarkers {
    private TemplateMarkers() {}

    /** Calls of a form that is not written here, by what tells them. */
    private record Foreign(String marker, String called) {
        boolean isIn(String template) {
            return template.contains(marker);
        }
    }

    private static final List<Foreign> BEFORE_XML =
            List.of(new Foreign("<|channel|>", "gpt-oss"), new Foreign("<|tool_call>call:", "Gemma 4"));
    private static final List<Foreign> BEHIND_LFM2 = List.of(
            new Foreign("functools", "Phi 4"),
            new Foreign("[TOOL_CALLS]", "Mistral"),
            new Foreign("<start_function_call>", "FunctionGemma"),
            new Foreign("<｜tool▁calls▁begin｜>", "DeepSeek"),
            new Foreign("<minimax:tool_call>", "MiniMax"),
            new Foreign("<arg_key>", "GLM"));

    /** What a template is: one of a known format, of a form that is not written here, or one that shows no tools. */
    sealed interface Found {
        record Of(ChatFormat format) implements Found {}

        /** The words say what it is, as far as that shows. */
        record Unknown(String words) implements Found {}

        /** Turns as in ChatML, without tools: calls can be written as Hermes has them. */
        record NoTools() implements Found {}
    }

    static Found in(String template) {
        return foreign(template, BEFORE_XML)
                .or(() -> xml(template))
                .or(() -> foreign(template, List.of(new Foreign("<param name=\"", "MiniCPM 5"))))
                .or(() -> lfm2(template))
                .or(() -> foreign(template, BEHIND_LFM2))
                .or(() -> llama(template))
                .or(() -> olmo(template))
                .or(() -> hermes(template))
                .orElseGet(() -> withoutCalls(template));
    }

    private static Optional<Found> foreign(String template, List<Foreign> all) {
        return all.stream()
                .filter(each -> each.isIn(template))
                .findFirst()
                .map(each -> new Found.Unknown("it has calls as %s writes them".formatted(each.called())));
    }

    private static Optional<Found> xml(String template) {
        if (!template.contains("<function=") || !template.contains("<parameter=")) {
            return Optional.empty();
        }
        if (!isChatMl(template)) {
            return Optional.of(new Found.Unknown("it has Qwen's XML calls in turns that are not ChatML's"));
        }
        if (template.contains("'\\n</parameters>'")) {
            return of(template.contains("<think>") ? null : KnownFormats.QWEN_CODER);
        }
        boolean leads = template.contains("# Tools\\n\\nYou have access to the following functions:\\n\\n<tools>");
        if (!leads || !template.contains("<think>\\n\\n</think>\\n\\n'")) {
            return of(null);
        }
        boolean pythonWords = template.contains("else args_value | string") || template.contains("else value | string");
        return of(pythonWords ? KnownFormats.QWEN_3_5 : KnownFormats.QWEN_3_6);
    }

    private static Optional<Found> of(@Nullable ChatFormat format) {
        return Optional.of(
                format == null
                        ? new Found.Unknown("it shows tools in another way than those that are known")
                        : new Found.Of(format));
    }

    private static Optional<Found> lfm2(String template) {
        if (!template.contains("<|tool_call_start|>") && !template.contains("List of tools: ")) {
            return Optional.empty();
        }
        if (!isChatMl(template)) {
            return of(null);
        }
        return of(template.contains("<|tool_list_start|>") ? KnownFormats.LFM2 : KnownFormats.LFM2_5);
    }

    private static Optional<Found> llama(String template) {
        boolean headers = Stream.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
                .allMatch(template::contains);
        if (!headers) {
            return template.contains("<|python_tag|>") ? of(null) : Optional.empty();
        }
        boolean tools = template.contains("ipython") && !template.contains("<function=");
        return tools
                ? Optional.of(new Found.Of(KnownFormats.LLAMA_3_2))
                : Optional.of(new Found.Unknown("it has Llama's turns, without tools or with calls of another kind"));
    }

    private static Optional<Found> olmo(String template) {
        return template.contains("<function_calls>")
                ? of(isChatMl(template) ? KnownFormats.OLMO_3 : null)
                : Optional.empty();
    }

    private static Optional<Found> hermes(String template) {
        if (!template.contains("<tool_call>")) {
            return Optional.empty();
        }
        if (template.contains("<|start_of_role|>")) {
            return of(template.contains("<tool_response>") ? KnownFormats.GRANITE : null);
        }
        if (!isChatMl(template)) {
            return Optional.of(new Found.Unknown(
                    "it has calls as Hermes writes them, in turns that are neither ChatML's nor Granite's"));
        }
        return of(
                template.contains("Reasoning Mode: ")
                        ? KnownFormats.SMOLLM3
                        : isQwen(template) ? ChatFormats.QWEN : null);
    }

    /** Whether results stand between tags in turns of the user, as Qwen writes them. */
    private static boolean isQwen(String template) {
        return template.contains("\\n<tool_response>\\n")
                && template.contains("You may call one or more functions to assist with the user query.");
    }

    private static Found withoutCalls(String template) {
        if (!isChatMl(template)) {
            return new Found.Unknown("its turns are not known");
        }
        return template.contains("Reasoning Mode: ") ? new Found.Of(KnownFormats.SMOLLM3) : new Found.NoTools();
    }

    private static boolean isChatMl(String template) {
        return template.contains("<|im_start|>") && template.contains("<|im_end|>");
    }
}
