import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import pantheon.night.local.Confinement;
import pantheon.night.local.child.ChildCommand;
import pantheon.night.local.child.ChildLimits;
import pantheon.night.local.child.ConfinedChild;

/** Runs a shell script as command tools are run, in a scratch folder of the night's user, and prints how it ended. */
void main(String... script) throws Exception {
    Confinement.confineThisProcess();
    var scratch = Files.createTempDirectory(Path.of("/var/lib/pantheon-night"), "tool");
    IO.println(ConfinedChild.run(new ChildCommand(
            List.of("/bin/sh", "-c", script[0]),
            Map.of(),
            scratch,
            List.of(scratch),
            List.of(scratch),
            true,
            new ChildLimits(Duration.ofSeconds(30), 30, 1L << 30, 50, 1 << 20, 64, 1 << 20))));
}
