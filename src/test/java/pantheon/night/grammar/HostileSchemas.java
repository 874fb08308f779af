package pantheon.night.grammar;

import pantheon.night.contract.Json;
import pantheon.night.draft.UnusableSchema;

/** Compiles every hostile schema of {@link GrammarTest}, in a process whose memory is bounded from outside. */
final class HostileSchemas {
    private HostileSchemas() {}

    public static void main(String... arguments) {
        GrammarTest.hostile().forEach(schema -> {
            var json = Json.parse(schema);
            long start = System.nanoTime();
            var ending = "compiled";
            try {
                Grammar.of(json);
            } catch (UnusableSchema e) {
                ending = "refused";
            }
            System.out.printf("%s in %d ms: %.60s%n", ending, (System.nanoTime() - start) / 1_000_000, schema);
        });
    }
}
