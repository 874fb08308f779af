package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a part of an agent's file is told with where that part stands. */
final class AgentAssemblyTest {
    private static ObjectNode file() {
        return (ObjectNode) Json.parse("""
                {"name": "a", "version": "1", "model": "tiny",
                 "input": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}}},
                 "tools": [{"name": "list_files"}, {"name": "read_file", "bind": {"path": {"input": "path"}}}],
                 "prompt": {"role": "You do one thing."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""");
    }

    private static Agent assembled(ObjectNode file) {
        return new AgentAssembly(BuiltInTools.all())
                .assemble(file, ChatFormats.QWEN, pointer -> "a.yaml at " + pointer);
    }

    @Test
    void a_right_file_makes_an_agent() {
        assertEquals("a", assembled(file()).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tools/1/bind/path | {\"value\": 7} | a.yaml at /tools/1: agent a: argument \"path\" of tool read_file is bound to 7",
                "/tools/1/bind/paths | {\"value\": \"x\"} | a.yaml at /tools/1: agent a: tool read_file has no argument \"paths\"",
                "/input/properties/path/type | \"integer\" | a.yaml at /tools/1: agent a: argument \"path\" of tool read_file is bound to the input's field",
                "/output/required | 3 | a.yaml at /output: agent a: "
            })
    void a_wrong_one_is_told_by_its_part(String pointer, String value, String told) {
        var file = file();
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) file.at(pointer.substring(0, end))).set(pointer.substring(end + 1), Json.parse(value));
        var refused = assertThrows(NightException.class, () -> assembled(file));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).startsWith(told), refused.getMessage());
    }
}
