package pantheon.night.engine.openvino.library;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * OpenVINO's libraries, loaded from a folder. Only versions are taken that were proven here: the codes of element types and
 * the symbols of C++ belong to one version.
 *
 * @param calls the functions of the C library
 * @param symbols those of C++
 * @param version as the library tells it, with its build and its commit
 * @param folder where they lie
 */
public record Library(NativeCalls calls, SymbolLookup symbols, String version, Path folder) {
    /** The end of the libraries' names → how the version begins that they tell. */
    private static final Map<String, String> PROVEN = Map.of("2641", "2026.4.1-22982-");

    /** Where Debian's packages put them, and the vendor's. */
    private static final List<Path> USUAL = Stream.of(
                    "/usr/lib/x86_64-linux-gnu",
                    "/usr/lib64",
                    "/usr/lib",
                    "/opt/intel/openvino/runtime/lib/intel64",
                    "/opt/intel/openvino_2026/runtime/lib/intel64")
            .map(Path::of)
            .toList();

    private static final int RTLD_LAZY = 1;

    private static final String C_LIBRARY = "libopenvino_c.so.";

    /** What has to lie beside the C library; a device has a library of its own. */
    private static final List<String> OTHERS = List.of("libopenvino.so.", "libopenvino_ir_frontend.so.");

    /**
     * Loads the libraries of a folder, or of the first usual one that has any.
     *
     * @throws NightException with exit code 69 where they are not there, or of another version
     */
    public static Library load(@Nullable Path configured) {
        var folders = configured == null ? USUAL : List.of(configured);
        var found = new ArrayList<String>();
        for (var folder : folders) {
            for (var file : cLibraries(folder)) {
                var end = file.substring(C_LIBRARY.length());
                if (PROVEN.containsKey(end)) {
                    return load(folder, end);
                }
                found.add(folder.resolve(file).toString());
            }
        }
        throw missing(folders, found);
    }

    private static List<String> cLibraries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(C_LIBRARY))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable("the folder %s cannot be read: %s".formatted(folder, e.getMessage()));
        }
    }

    private static NightException missing(List<Path> folders, List<String> found) {
        var places = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
        return unusable(
                found.isEmpty()
                        ? "OpenVINO's C library %s is in none of: %s".formatted(proven(), places)
                        : "%s is of a version of OpenVINO that was not proven here; expected %s"
                                .formatted(String.join(", ", found), proven()));
    }

    private static String proven() {
        return PROVEN.entrySet().stream()
                .map(each -> "%s%s (%s)".formatted(C_LIBRARY, each.getKey(), version(each.getValue())))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** As a person says it. */
    private static String version(String begin) {
        int end = begin.indexOf('-');
        return "%s, build %s".formatted(begin.substring(0, end), begin.substring(end + 1, begin.length() - 1));
    }

    private static Library load(Path folder, String end) {
        for (var other : OTHERS) {
            if (!Files.exists(folder.resolve(other + end))) {
                throw unusable("%s has %s%s, and lacks %s%s".formatted(folder, C_LIBRARY, end, other, end));
            }
        }
        var calls = new NativeCalls(lookup(folder.resolve(C_LIBRARY + end)));
        var version = version(calls);
        var expected = String.valueOf(PROVEN.get(end));
        if (!version.startsWith(expected)) {
            throw unusable("%s is OpenVINO %s; expected %s"
                    .formatted(folder.resolve(C_LIBRARY + end), version, version(expected)));
        }
        return new Library(calls, lookup(folder.resolve(OTHERS.getFirst() + end)), version, folder);
    }

    /** They stay loaded: their threads cannot be waited for. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static SymbolLookup lookup(Path library) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            throw unusable(
                    "%s cannot be loaded (%s); libtbb.so.12 has to be where it finds it, glibc 2.27 or later, and the folder one that programs may run from, as those below /usr are for the unit"
                            .formatted(library, reason(library)));
        }
    }

    /** What the loader says, which a lookup keeps to itself. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static String reason(Path library) {
        var linker = Linker.nativeLinker();
        var open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dlopen"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        var error = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dlerror"), FunctionDescriptor.of(ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var opened = (MemorySegment) open.invokeExact(arena.allocateFrom(library.toString()), RTLD_LAZY);
            return opened.equals(MemorySegment.NULL)
                    ? NativeCalls.text((MemorySegment) error.invokeExact())
                    : "its symbols cannot be looked up";
        } catch (Throwable e) {
            throw new IllegalStateException("the call of dlopen failed", e);
        }
    }

    private static String version(NativeCalls calls) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment version = arena.allocate(ValueLayout.ADDRESS, 2);
            calls.call("ov_get_openvino_version", version);
            var build = NativeCalls.text(version.get(ValueLayout.ADDRESS, 0));
            calls.release("ov_version_free", version);
            return build;
        }
    }

    public static NightException unusable(String what) {
        return new NightException(
                ExitCode.UNAVAILABLE,
                what
                        + ". Set libraries of the model to the folder with OpenVINO's libraries; docs/engines.md tells which they are.");
    }
}
