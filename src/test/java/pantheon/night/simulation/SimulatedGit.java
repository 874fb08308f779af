package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pantheon.night.workspace.git.WriteSteps;

/** The disk under a repository and a scratch checkout: a branch that was moved and not synced may be back after a loss of power. */
final class SimulatedGit implements WriteSteps {
    private final Chance chance;
    private final Faults faults;
    /** What lasts of the branches that were moved and not synced; empty where there was none. */
    private final Map<Path, Optional<String>> lasting = new TreeMap<>();

    SimulatedGit(Chance chance, Faults faults) {
        this.chance = chance;
        this.faults = faults;
    }

    @Override
    public void before(Step step, Path file) throws IOException {
        var what = "%s of %s".formatted(step, file.getFileName());
        faults.effect(what);
        switch (step) {
            case CHECK_OUT_FILE, ADD_OBJECTS, ADD_COMMIT -> write(what);
            case MOVE_BRANCH -> {
                write(what);
                if (!lasting.containsKey(file)) {
                    lasting.put(file, Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty());
                }
            }
            case SYNC_BRANCH -> {
                if (faults.strikes(Fault.SYNC_FAILED, what)) {
                    throw new IOException("Input/output error");
                }
                lasting.remove(file);
            }
        }
    }

    private void write(String what) throws IOException {
        if (faults.strikes(Fault.DISK_FULL, what)) {
            throw new IOException("No space left on device");
        }
        if (faults.strikes(Fault.WRITE_FAILED, what)) {
            throw new IOException("Input/output error");
        }
    }

    /** What is left when the power comes back. */
    void losePower() throws IOException {
        for (var branch : lasting.entrySet()) {
            if (chance.oneIn(2)) {
                if (branch.getValue().isPresent()) {
                    Files.writeString(branch.getKey(), branch.getValue().get());
                } else {
                    Files.deleteIfExists(branch.getKey());
                }
            }
        }
        lasting.clear();
    }
}
