package pantheon.night.batch;

import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Machine;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a night's journal tells before the first task: where it runs, and how it was expected to go.
 *
 * @param machine where it runs
 * @param forecast what was forecast of it, null where nothing was
 */
public record Expectation(Machine machine, @Nullable ObjectNode forecast) {}
