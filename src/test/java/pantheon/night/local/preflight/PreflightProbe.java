package pantheon.night.local.preflight;

import java.nio.file.Path;
import java.util.List;
import pantheon.night.local.Confinement;

/**
 * A process that collects its evidence and prints it: a line with the check's code, whether it holds, and what was found.
 * Its first argument says whether it confines itself first, the second where the gate's proof is.
 */
final class PreflightProbe {
    private PreflightProbe() {}

    public static void main(String... arguments) {
        if (arguments[0].equals("confined")) {
            Confinement.confineThisProcess();
        }
        var surroundings = Preflight.Surroundings.ofThisProcess(Path.of(arguments[1]), List.of("process:probe"));
        for (var evidence : new Preflight(surroundings, List.of()).whole().evidence()) {
            System.out.println(evidence.check().code() + "\t" + evidence.holds() + "\t" + evidence.found());
        }
    }
}
