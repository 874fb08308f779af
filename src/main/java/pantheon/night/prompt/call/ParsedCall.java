package pantheon.night.prompt.call;

import tools.jackson.databind.node.ObjectNode;

/** A call that a reply has; whether there is such a tool is not asked here. */
public record ParsedCall(String name, ObjectNode arguments) {}
