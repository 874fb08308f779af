package pantheon.night.local.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.disk.RegularFile;
import pantheon.night.local.Finding;

/** What the process's network namespace has: passive evidence, read from /proc. */
final class NetworkNamespace {
    private static final int MOST_BYTES = 1 << 26;
    private static final Path FILES = Path.of("/proc/self/net");

    /** Devices that the kernel puts into every new namespace where a tunnel's module is loaded; down, and stay so. */
    private static final Set<String> ALWAYS_THERE =
            Set.of("tunl0", "sit0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip6gre0", "ip_vti0", "ip6_vti0");

    private NetworkNamespace() {}

    static Finding look() throws IOException {
        var devices = devices();
        var routes = routes();
        if (devices.isEmpty() && routes.isEmpty()) {
            return new Finding(true, "lo alone, no route");
        }
        return new Finding(
                false,
                "devices %s, routes %s"
                        .formatted(
                                devices.isEmpty() ? "none but lo" : Finding.names(devices),
                                routes.isEmpty() ? "none" : "over " + Finding.names(routes)));
    }

    private static Set<String> devices() throws IOException {
        var devices = new TreeSet<String>();
        for (var line : lines("dev", 2)) {
            devices.add(line.substring(0, line.indexOf(':')).strip());
        }
        devices.remove("lo");
        devices.removeAll(ALWAYS_THERE);
        return devices;
    }

    /** The devices over which a route leads. */
    private static Set<String> routes() throws IOException {
        var routes = new TreeSet<String>();
        for (var line : lines("route", 1)) {
            routes.add(line.split("\\s+", 2)[0]);
        }
        for (var line : lines("ipv6_route", 0)) {
            routes.add(line.substring(line.lastIndexOf(' ') + 1));
        }
        routes.remove("lo");
        return routes;
    }

    /** A file that is not there is that of a protocol which the kernel has not. */
    private static List<String> lines(String name, int headings) throws IOException {
        var file = FILES.resolve(name);
        if (!name.equals("dev") && !Files.exists(file)) {
            return List.of();
        }
        return RegularFile.lines(file, MOST_BYTES).stream().skip(headings).toList();
    }
}
