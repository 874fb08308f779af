package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.prompt.TemplateMarkers.Found;

/** Templates by what stands in them, in the order in which it counts. */
final class TemplateMarkersTest {
    private static final String CHATML = "<|im_start|>' + message.role + '\\n' + content + '<|im_end|>";

    @ParameterizedTest
    @MethodSource("pantheon.night.prompt.FormatsTest#formats")
    void our_own_templates_are_of_their_formats_even_where_their_hash_is_not_known(ChatFormat format) {
        assertEquals(new Found.Of(format), TemplateMarkers.in(format.template() + "{# tuned #}"));
    }

    @Test
    void turns_of_chatml_without_tools_get_hermes_calls() {
        assertEquals(
                new Found.NoTools(), TemplateMarkers.in("{% for message in messages %}" + CHATML + "{% endfor %}"));
    }

    @ParameterizedTest
    @CsvSource({
        "<|channel|>,gpt-oss",
        "<|tool_call>call:,Gemma 4",
        "<param name=\",MiniCPM 5",
        "functools,Phi 4",
        "[TOOL_CALLS],Mistral",
        "<arg_key>,GLM"
    })
    void calls_of_a_form_that_is_not_written_here_are_named(String marker, String called) {
        var found = TemplateMarkers.in(CHATML + marker + "<tool_call>");
        assertTrue(assertInstanceOf(Found.Unknown.class, found).words().contains(called));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<start_of_turn>model\n<tool_call>",
                "<function=a><parameter=b>",
                "<|tool_call_start|>",
                "<function_calls>",
                "<|python_tag|>",
                "<|start_header_id|><|end_header_id|><|eot_id|>",
                "<|im_start|><|im_end|><tool_call>",
                "<|im_start|><|im_end|><function=a><parameter=b>",
                "<|start_of_role|><tool_call>",
                "{{ message.content }}"
            })
    void a_call_without_its_turns_or_the_other_way_round_is_not_guessed_at(String template) {
        assertInstanceOf(Found.Unknown.class, TemplateMarkers.in(template));
    }
}
