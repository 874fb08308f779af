package pantheon.night.batch;

import pantheon.night.Contained;
import pantheon.night.agent.Agent;
import pantheon.night.engine.Engine;
import pantheon.night.past.Attempts;
import pantheon.night.queue.Task;
import pantheon.night.workspace.scratch.Scratch;

/**
 * What one task is run with.
 *
 * @param attempts at it before this one
 * @param slot the number of the slot that it has
 * @param scratch clean
 * @param contained where tools and checks run
 */
record TaskContext(
        Task task, Agent agent, Engine engine, Attempts attempts, int slot, Scratch scratch, Contained contained) {}
