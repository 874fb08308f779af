package pantheon.night.disk;

import java.nio.file.Path;

/** A process that tells what is wrong with each path that it is given. */
final class ReadableProbe {
    private ReadableProbe() {}

    public static void main(String... paths) {
        for (var path : paths) {
            System.out.println(new ReadablePlace(Path.of(path)).problem().orElse("none"));
        }
    }
}
