package pantheon.night.tool;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;

/** A tool that ships with the program; its card and schemas are the resource {@code /schema/tool/<name>.json}. */
abstract class BuiltInTool implements Tool {
    private final String name;
    private final String description;
    private final Schema arguments;
    private final Schema result;

    BuiltInTool(String name) {
        var card = Json.resource("/schema/tool/" + name + ".json");
        this.name = name;
        this.description = card.required("description").stringValue();
        this.arguments = Schema.compile("arguments of " + name, card.required("arguments"));
        this.result = Schema.compile("result of " + name, card.required("result"));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final Schema arguments() {
        return arguments;
    }

    @Override
    public final Schema result() {
        return result;
    }

    /** A file's text, null where its bytes are no UTF-8. */
    static @Nullable String utf8(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static ToolResult.Failed notText(String path) {
        return new ToolResult.Failed("not_text", Json.quote(path) + " is no UTF-8 text");
    }
}
