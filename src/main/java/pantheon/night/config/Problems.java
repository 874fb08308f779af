package pantheon.night.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** What is wrong with the configuration, collected so that a person sees all of it at once. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();

    private record Problem(Place place, String what) {
        /** In words; a flag is named by them already. */
        String words() {
            return place.isFlag() && what.startsWith(place.source()) ? what : place + ": " + what;
        }
    }

    /**
     * Where a value was set.
     *
     * @param source a file, a variable, or a flag
     * @param line from 1; 0 where there are no lines, or where it is about the whole source
     */
    record Place(String source, int line) {
        Place(String source) {
            this(source, 0);
        }

        /** Whether it is on the command line. */
        boolean isFlag() {
            return source.startsWith("--");
        }

        @Override
        public String toString() {
            return line == 0 ? source : source + ":" + line;
        }
    }

    /** @param what what is wrong, what was expected, and what to do */
    void add(Place place, String what) {
        var problem = new Problem(place, what);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
        if (!sources.contains(place.source())) {
            sources.add(place.source());
        }
    }

    /** Whether there is one with a source. */
    boolean isAbout(Place place) {
        return sources.contains(place.source());
    }

    /** All of them in words: file by file in the order of their lines, then others. */
    List<String> words() {
        var order = Comparator.comparing((Problem problem) -> problem.place().line() == 0)
                .thenComparingInt(problem -> sources.indexOf(problem.place().source()))
                .thenComparingInt(problem -> problem.place().line());
        return problems.stream().sorted(order).map(Problem::words).toList();
    }

    /** Throws all of them, if there are any, with exit code 64 where only flags are wrong, else 78. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new NightException(
                    sources.stream().allMatch(source -> source.startsWith("--")) ? ExitCode.USAGE : ExitCode.CONFIG,
                    words());
        }
    }
}
