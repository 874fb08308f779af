package pantheon.night.engine.openvino;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.openvino.library.Core;
import pantheon.night.engine.openvino.library.Library;
import pantheon.night.engine.openvino.library.OpenVinoFailed;

/**
 * What there is of OpenVINO on this machine, whatever model it may run.
 *
 * @param folder where its libraries lie
 * @param version as they tell it
 * @param devices that it finds, for example {@code CPU} and {@code GPU}
 */
public record OpenVinoHere(Path folder, String version, List<String> devices) {
    private static final Path DEVICE_NODES = Path.of("/dev");

    /**
     * Loads the libraries, and no model.
     *
     * @param libraries their folder, null for the usual ones
     * @throws NightException with exit code 69 where they are not there, or of a version that was not proven
     */
    public static OpenVinoHere find(@Nullable Path libraries) {
        var library = Library.load(libraries);
        try (var core = Core.open(library.calls())) {
            return of(library, core);
        } catch (OpenVinoFailed e) {
            throw Library.unusable("OpenVINO in %s cannot be used: %s".formatted(library.folder(), e.getMessage()));
        }
    }

    static OpenVinoHere of(Library library, Core core) {
        return new OpenVinoHere(library.folder(), library.version(), core.devices());
    }

    /**
     * Makes sure that there is a device; never is another one taken in its place.
     *
     * @param device as the configuration has it, possibly with a number
     * @throws NightException with exit code 69 where it is not there, with what it lacks
     */
    public void require(String device) {
        if (devices.contains(device) || devices.stream().anyMatch(each -> each.startsWith(device + "."))) {
            return;
        }
        throw new NightException(
                ExitCode.UNAVAILABLE,
                "OpenVINO finds no device %s here; it finds: %s. %s. Mend that, or set device of the model to one that is there; docs/engines.md tells what each needs."
                        .formatted(
                                device,
                                devices.isEmpty() ? "none" : String.join(", ", devices),
                                DeviceNeeds.of(device).lacking(folder, DEVICE_NODES)));
    }

    /** What a model runs on, in words. */
    public String words(String device, Precision precision) {
        return "OpenVINO %s in %s; devices %s; %s computes in %s"
                .formatted(version, folder, String.join(", ", devices), device, precision.words());
    }
}
