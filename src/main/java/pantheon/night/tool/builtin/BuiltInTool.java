package pantheon.night.tool.builtin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;

/** A tool that ships with the program; its card and schemas are the resource {@code /schema/tool/<name>.json}. */
abstract class BuiltInTool implements Tool {
    private final String name;
    private final String description;
    private final Schema arguments;
    private final Schema result;

    private final Set<String> files;

    /** @param files the arguments that name files which must be there */
    BuiltInTool(String name, String... files) {
        this.files = Set.of(files);
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

    @Override
    public final Set<String> files() {
        return files;
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

    /**
     * Writes a text where the file does not hold it already, and tells whether it did.
     *
     * @throws PathRefused where the path is refused
     */
    static boolean write(String path, String text, TaskFiles task) throws PathRefused {
        var content = text.getBytes(StandardCharsets.UTF_8);
        if (task.files().exists(path) && Arrays.equals(task.files().read(path), content)) {
            return false;
        }
        task.files().write(path, content);
        return true;
    }

    static ToolResult changed(boolean changed) {
        return new ToolResult.Returned(Json.object().put("changed", changed));
    }

    static ToolResult.Failed notText(String path) {
        return new ToolResult.Failed("not_text", Json.quote(path) + " is no UTF-8 text");
    }
}
