package pantheon.night.local.child;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process that runs a tool which leaves one of its own behind and stays itself. Arguments: workspace, program. */
final class ToolProbe {
    private ToolProbe() {}

    public static void main(String... arguments) {
        var workspace = Path.of(arguments[0]);
        var program = Path.of(arguments[1]);
        System.out.println(ConfinedChild.run(new ChildCommand(
                List.of("/bin/sh", "-c", program + " daemon; sleep 60"),
                Map.of(),
                workspace,
                List.of(workspace, program),
                List.of(workspace),
                true,
                new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 500, 1 << 20, 64, 1 << 20))));
    }
}
