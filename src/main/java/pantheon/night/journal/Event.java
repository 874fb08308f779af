package pantheon.night.journal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened.
 *
 * @param task the id of the task it belongs to, null for the night's own
 * @param data valid against the type's schema
 */
public record Event(EventType type, @Nullable String task, ObjectNode data) {}
