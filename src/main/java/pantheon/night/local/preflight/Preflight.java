package pantheon.night.local.preflight;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import pantheon.night.KeptOrder;
import pantheon.night.local.Architecture;
import pantheon.night.local.Finding;
import pantheon.night.local.InheritedDescriptors;
import pantheon.night.local.Kernel;

/**
 * The collection of evidence that nothing can call out: what the kernel says of this process and its network first, then
 * calls that show what is refused and send no packet, then what should not lie around. What cannot be looked at does not
 * hold.
 */
public final class Preflight {
    /** In this process, or behind a Unix socket by its path. */
    private static final Pattern LOCAL = Pattern.compile("process:[a-z][a-z0-9-]*|unix:/.+");

    private final Surroundings surroundings;
    private final Set<PreflightCheck> layers;
    private final Kernel kernel = new Kernel(Architecture.current());

    /**
     * What the process was started with.
     *
     * @param properties the JVM's
     * @param home where its user's files are
     * @param gate the file that the gate unit leaves
     * @param origins of every engine, for example {@code process:onnx}
     */
    public record Surroundings(
            Map<String, String> environment,
            Map<String, String> properties,
            Path home,
            Path gate,
            Collection<String> origins) {
        public Surroundings {
            environment = KeptOrder.map(environment);
            properties = KeptOrder.map(properties);
            origins = List.copyOf(origins);
        }

        /** Those of this process. */
        public static Surroundings ofThisProcess(Path gate, Collection<String> origins) {
            var properties = new java.util.HashMap<String, String>();
            System.getProperties()
                    .stringPropertyNames()
                    .forEach(name -> properties.put(name, System.getProperty(name, "")));
            var home = System.getenv("HOME");
            return new Surroundings(
                    System.getenv(),
                    properties,
                    Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "/") : home),
                    gate,
                    origins);
        }
    }

    /** @param layers which of the layers around the process are required, beside all that is its own */
    public Preflight(Surroundings surroundings, Collection<PreflightCheck> layers) {
        this.surroundings = surroundings;
        this.layers = KeptOrder.set(layers);
    }

    /** All evidence, required or not. */
    public EgressProof whole() {
        return proof(EnumSet.allOf(PreflightCheck.class));
    }

    /** The evidence that can change while the process runs. */
    public EgressProof repeated() {
        return proof(PreflightCheck.REPEATED);
    }

    /** Whether an engine is on this machine, and asked without a network. */
    public static boolean isLocal(String origin) {
        return LOCAL.matcher(origin).matches();
    }

    private EgressProof proof(Set<PreflightCheck> checks) {
        var evidence = new ArrayList<Evidence>();
        for (var check : checks) {
            var finding = find(check);
            boolean required = !check.isLayer() || layers.contains(check);
            evidence.add(new Evidence(check, finding.holds(), finding.found(), required));
        }
        return new EgressProof(evidence);
    }

    private Finding find(PreflightCheck check) {
        try {
            return look(check);
        } catch (IOException e) {
            return new Finding(false, "nothing, since it cannot be looked at: " + e);
        }
    }

    private Finding look(PreflightCheck check) throws IOException {
        var probes = new Probes(kernel);
        return switch (check) {
            case NO_NEW_PRIVILEGES -> ThreadStatus.read().every(List.of("NoNewPrivs"), "1"::equals);
            case SECCOMP -> ThreadStatus.read().every(List.of("Seccomp"), "2"::equals);
            case SOCKETS -> probes.sockets();
            case IO_URING -> probes.ring();
            case DENIED_CALLS -> probes.deniedCalls();
            case DESCRIPTORS -> new InheritedDescriptors(kernel).foreignSockets();
            case CORE_DUMPS -> probes.coreDumps();
            case VARIABLES -> variables().credentials();
            case ARGUMENTS -> Arguments.read().secrets();
            case FILES -> new CredentialFiles(surroundings.home(), surroundings.environment()).look();
            case PROXIES -> variables().proxies(surroundings.properties());
            case INJECTION -> injections();
            case TELEMETRY -> variables().telemetry(surroundings.properties());
            case ENGINES -> origins();
            case PRIVATE_NETWORK -> NetworkNamespace.look();
            case NO_CAPABILITIES ->
                ThreadStatus.read()
                        .every(
                                List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"),
                                set -> set.chars().allMatch(digit -> digit == '0'));
            case NOT_ROOT ->
                ThreadStatus.read()
                        .every(
                                List.of("Uid"),
                                ids -> List.of(ids.split("\\s+")).stream().noneMatch("0"::equals));
            case GATE -> GateFile.look(surroundings.gate(), ThreadStatus.read().user());
        };
    }

    private Variables variables() {
        return new Variables(surroundings.environment());
    }

    private Finding injections() throws IOException {
        var found = new TreeSet<>(variables().injections());
        found.addAll(Arguments.read().injections());
        return Finding.none(found);
    }

    private Finding origins() {
        var origins = surroundings.origins();
        var foreign = origins.stream().filter(origin -> !isLocal(origin)).toList();
        return foreign.isEmpty()
                ? new Finding(true, origins.isEmpty() ? "none" : Finding.names(new TreeSet<>(origins)))
                : Finding.none(foreign);
    }
}
