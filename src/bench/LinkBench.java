import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.document.link.Moves;
import pantheon.night.document.link.Moves.Move;
import pantheon.night.document.link.Successors;
import pantheon.night.document.link.Successors.Question;
import pantheon.night.document.link.Successors.Successor;
import tools.jackson.databind.JsonNode;

/**
 * How often the page of a broken link is found that people chose, and how often one is named where they took the link
 * away. What git knows of the broken path stands in the data. Usage: {@code LinkBench LINKS}, a folder of
 * {@code NAME.jsonl} and {@code NAME.pages.jsonl}.
 */
final class LinkBench {
    private static final Set<String> DECIDED = Set.of("repair", "rename-fixed", "removed");

    private static final class Tally {
        double right;
        double wrong;
        double vain;
        double named;
        double kept;
        double choosable;

        void add(Tally other, double weight) {
            right += other.right * weight;
            wrong += other.wrong * weight;
            vain += other.vain * weight;
            named += other.named * weight;
            kept += other.kept * weight;
            choosable += other.choosable * weight;
        }

        void print(String of) {
            double pages = right + wrong + vain;
            System.out.printf(
                    "%-12s of %.0f with a page: right %.1f %%, wrong %.1f %%, left %.1f %% (%.1f %% among the twelve); of %.0f taken away: named %.1f %%%n",
                    of,
                    pages,
                    100 * right / pages,
                    100 * wrong / pages,
                    100 * vain / pages,
                    100 * choosable / pages,
                    named + kept,
                    100 * named / (named + kept));
        }
    }

    public static void main(String[] args) throws IOException {
        var all = new Tally();
        var commits = new TreeMap<String, List<Tally>>();
        try (var files = Files.list(Path.of(args[0]))) {
            for (var file : files.filter(LinkBench::isCases).sorted().toList()) {
                var states = states(Path.of(file.toString().replace(".jsonl", ".pages.jsonl")));
                for (var line : Files.readAllLines(file)) {
                    var row = Json.parse(line);
                    if (isDecided(row)) {
                        var tally = tally(row, states);
                        all.add(tally, 1);
                        commits.computeIfAbsent(file + row.required("state").stringValue(), key -> new ArrayList<>())
                                .add(tally);
                    }
                }
            }
        }
        var byCommit = new Tally();
        commits.values().forEach(tallies -> tallies.forEach(tally -> byCommit.add(tally, 1.0 / tallies.size())));
        all.print("links");
        byCommit.print("commits");
    }

    private static boolean isCases(Path file) {
        return file.toString().endsWith(".jsonl") && !file.toString().endsWith(".pages.jsonl");
    }

    private static boolean isDecided(JsonNode row) {
        var source = row.required("source").stringValue();
        return DECIDED.contains(source)
                || (source.equals("deleted-left")
                        && row.path("how").asString("").contains("later"));
    }

    private static Map<String, Map<String, String>> states(Path file) throws IOException {
        var states = new HashMap<String, Map<String, String>>();
        var titles = new TreeMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            var state = Json.parse(line);
            state.path("set")
                    .forEach(page ->
                            titles.put(page.get(0).stringValue(), page.get(1).asString("")));
            state.path("drop").forEach(page -> titles.remove(page.stringValue()));
            states.put(state.required("state").stringValue(), new TreeMap<>(titles));
        }
        return states;
    }

    private static Tally tally(JsonNode row, Map<String, Map<String, String>> states) {
        var titles = states.get(row.required("state").stringValue());
        var broken = row.required("broken").stringValue();
        var git = row.required("git").path("answer").asString("");
        boolean own = row.required("git").path("why").asString("").equals("own page moved");
        var moves = git.isEmpty() || own
                ? List.<Move>of()
                : List.of(new Move(broken, git.equals("(deleted)") ? null : git));
        var anchored = new HashSet<String>();
        row.required("candidates").forEach(candidate -> {
            if (candidate.path("hasAnchor").booleanValue(false)) {
                anchored.add(candidate.required("path").stringValue());
            }
        });
        var link = row.required("link").stringValue();
        var anchor = link.indexOf('#') < 0 ? "" : link.substring(link.indexOf('#') + 1);
        var found = new Successors(List.copyOf(titles.keySet()), new Moves(moves), content(titles, anchored))
                .of(
                        new Question(
                                row.required("file").stringValue(),
                                broken,
                                row.required("text").stringValue(),
                                anchor),
                        Optional.empty(),
                        12);
        return tally(found, row.path("target").asString(null));
    }

    private static Successors.Pages content(Map<String, String> titles, Set<String> anchored) {
        return new Successors.Pages() {
            @Override
            public String title(String path) {
                return titles.getOrDefault(path, "");
            }

            @Override
            public boolean hasAnchor(String path, String anchor) {
                return anchored.contains(path);
            }

            @Override
            public boolean isStub(String path) {
                return false; // the data has no texts
            }
        };
    }

    private static Tally tally(List<Successor> found, String target) {
        var tally = new Tally();
        var said = found.stream()
                .filter(Successor::certain)
                .map(Successor::path)
                .findFirst()
                .orElse(null);
        if (target == null) {
            tally.named = said == null ? 0 : 1;
            tally.kept = 1 - tally.named;
        } else if (said == null) {
            tally.vain = 1;
            tally.choosable = found.stream().anyMatch(one -> one.path().equals(target)) ? 1 : 0;
        } else {
            tally.right = said.equals(target) ? 1 : 0;
            tally.wrong = 1 - tally.right;
        }
        return tally;
    }
}
