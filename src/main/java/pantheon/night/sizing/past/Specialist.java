package pantheon.night.sizing.past;

import pantheon.night.journal.Machine;

/**
 * What a rate is of: an agent in a version, on a model, on a machine.
 *
 * @param model the model's digest, empty where it is not known
 */
public record Specialist(String agent, String version, String model, Machine machine) {}
