package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** A process of its own that tells the digest of the first seeds' journals: {@code Digest FOLDER SEEDS}. */
final class Digest {
    private Digest() {}

    /**
     * Runs it.
     *
     * @param arguments where the nights run, and how many seeds
     */
    public static void main(String[] arguments) throws IOException {
        try (var simulation = Simulation.at(Path.of(arguments[0]))) {
            System.out.println(simulation.digest(LongStream.range(0, Long.parseLong(arguments[1]))));
        }
    }
}
