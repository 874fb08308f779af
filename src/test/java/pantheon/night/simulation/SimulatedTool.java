package pantheon.night.simulation;

import java.time.Duration;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A tool on a simulated machine: it hangs now and then, and the machine may be off before it has begun or ended. */
final class SimulatedTool extends ForwardingTool {
    private final Chance chance;
    private final Faults faults;
    private final SimulatedClock clock;
    private final LateWrites late;
    private final int hangsOneIn;

    /** @param hangsOneIn how many calls there are to one that hangs, 0 for none */
    SimulatedTool(Tool tool, Chance chance, Faults faults, SimulatedClock clock, LateWrites late, int hangsOneIn) {
        super(tool);
        this.late = late;
        this.chance = chance;
        this.faults = faults;
        this.clock = clock;
        this.hangsOneIn = hangsOneIn;
    }

    /**
     * One that hangs has done nothing yet: what a tool did that was stopped midway no record tells. One that hangs for
     * good writes late.
     */
    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
        faults.effect("calling " + name());
        late.come();
        if (hangsOneIn > 0 && chance.oneIn(hangsOneIn)) {
            clock.pass(Duration.ofSeconds(30));
            boolean ended = chance.oneIn(2);
            faults.note(name() + " hangs" + (ended ? "" : " for good"));
            if (!ended) {
                late.expect(files);
            }
            return new ToolResult.TimedOut(ended);
        }
        var result = tool.call(arguments, files);
        faults.effect("returning from " + name());
        return result;
    }
}
