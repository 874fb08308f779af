package pantheon.night.tool;

import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whitelisted local action on a task's scratch checkout.
 *
 * <p>Every tool is idempotent: the same call on the same files leaves the same files and gives the same result, but
 * for what is not {@linkplain #isStable() stable}. It knows nothing but its arguments and the files; the {@link ToolBox} validates both sides of the call.
 */
public interface Tool {
    String name();

    /** What the tool does, in one sentence, for the model. */
    String description();

    /** The schema of all its arguments, an object. */
    Schema arguments();

    /** The schema of what it returns. */
    Schema result();

    /** The SHA-256 of its definition, which tells one version of a tool from another. */
    default String digest() {
        var definition = Json.object().put("name", name()).put("description", description());
        definition.set("arguments", arguments().json());
        definition.set("result", result().json());
        return Sha256.hex(Json.write(definition));
    }

    /**
     * Whether the same call on the same files always gives the same result. Where it does not, as with a program that
     * tells times, a replay goes on from the recorded one.
     */
    default boolean isStable() {
        return true;
    }

    /** Whether it leaves the files as they are, whatever its arguments; then nobody need look for what it changed. */
    default boolean isReadOnly() {
        return false;
    }

    /** The arguments that name files of the workspace which must be there, or the tool can do nothing. */
    default Set<String> files() {
        return Set.of();
    }

    /**
     * Runs the tool.
     *
     * @param arguments valid against {@link #arguments()}
     * @throws PathRefused where a path leaves the checkout or names no regular file; the box makes it a failed result
     */
    ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused;
}
