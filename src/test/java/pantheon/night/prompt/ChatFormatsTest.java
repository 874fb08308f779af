package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;

final class ChatFormatsTest {
    private static final String UNKNOWN = "{% for m in messages %}{{ m.content }}{% endfor %}";

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private NightException refused() {
        return assertThrows(NightException.class, () -> ChatFormats.of(folder));
    }

    @Test
    void the_embedded_model_has_our_own_template_and_it_is_known() throws IOException {
        var model = Path.of("src/main/models/docops-front-matter");
        assertEquals(ChatFormats.QWEN.template(), Files.readString(model.resolve("chat_template.jinja")));
        assertEquals(ChatFormats.QWEN, ChatFormats.of(model));
    }

    @Test
    void a_template_is_known_by_its_hash() throws IOException {
        var other = new QwenFormat();
        write("tokenizer_config.json", Json.write(Json.object().put("chat_template", UNKNOWN)));
        assertSame(
                other,
                ChatFormats.found(folder, Map.of(Sha256.hex(UNKNOWN), other)).format());
        write("tokenizer_config.json", Json.write(Json.object().put("chat_template", UNKNOWN + " ")));
        assertThrows(NightException.class, () -> ChatFormats.found(folder, Map.of(Sha256.hex(UNKNOWN), other)));
    }

    @Test
    void templates_of_models_and_our_own_are_known() {
        assertEquals(14 + 10, ChatFormats.BY_TEMPLATE.size());
        ChatFormats.BY_TEMPLATE.keySet().forEach(hash -> assertTrue(hash.matches("[0-9a-f]{64}"), hash));
    }

    @Test
    void a_folder_without_a_template_is_qwens() throws IOException {
        assertSame(ChatFormats.QWEN, ChatFormats.of(folder.resolve("not there")));
        assertSame(ChatFormats.QWEN, ChatFormats.of(folder));
        write("tokenizer_config.json", "{\"eos_token\": \"x\", \"chat_template\": null}");
        assertSame(ChatFormats.QWEN, ChatFormats.of(folder));
    }

    @Test
    void a_template_that_is_not_known_is_refused_with_its_hash_and_what_to_do() throws IOException {
        write("tokenizer_config.json", Json.write(Json.object().put("chat_template", UNKNOWN)));
        assertEquals(
                "the chat template in %s is not known: its turns are not known; its SHA-256 is %s. Set the model's format to one of %s if its conversations are written so, or name another model."
                        .formatted(folder.resolve("tokenizer_config.json"), Sha256.hex(UNKNOWN), ChatFormats.names()),
                refused().getMessage());
        assertEquals(ExitCode.CONFIG, refused().exitCode());
    }

    @Test
    void a_file_of_its_own_goes_before_the_tokenizers_settings() throws IOException {
        write("tokenizer_config.json", "{}");
        write("chat_template.jinja", UNKNOWN);
        assertTrue(String.valueOf(refused().getMessage()).contains("chat_template.jinja is not known"));
    }

    @Test
    void of_several_templates_the_one_that_shows_tools_counts() throws IOException {
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "default", "template": "d"}, {"name": "tool_use", "template": "t"}]}""");
        assertTrue(String.valueOf(refused().getMessage()).contains(Sha256.hex("t")));
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "other", "template": "o"}, {"name": "default", "template": "d"}]}""");
        assertTrue(String.valueOf(refused().getMessage()).contains(Sha256.hex("d")));
        write("tokenizer_config.json", "{\"chat_template\": []}");
        assertSame(ChatFormats.QWEN, ChatFormats.of(folder));
    }

    @Test
    void settings_that_are_no_json_are_refused() throws IOException {
        write("tokenizer_config.json", "{\"chat_template\": ");
        assertEquals(ExitCode.UNAVAILABLE, refused().exitCode());
    }

    @Test
    void configuration_may_name_every_format_and_no_other() {
        var schema = Json.resource("/schema/config/pantheon-night.json")
                .at("/properties/models/additionalProperties/properties/format/enum");
        assertEquals(
                ChatFormats.names(),
                schema.valueStream().map(name -> name.stringValue()).toList());
        ChatFormats.names().stream()
                .filter(name -> !name.equals("hermes"))
                .forEach(name -> assertEquals(name, ChatFormats.named(name).name()));
        assertSame(ChatFormats.QWEN, ChatFormats.named("hermes"));
        assertThrows(IllegalArgumentException.class, () -> ChatFormats.named("none"));
    }
}
