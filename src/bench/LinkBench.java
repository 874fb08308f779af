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
import pantheon.night.document.link.Successors.Caution;
import pantheon.night.document.link.Successors.Question;
import pantheon.night.document.link.Successors.Successor;
import tools.jackson.databind.JsonNode;

/**
 * How often the page of a broken link is found that people chose, and how often one is named where they took the link
 * away. What git knows of the broken path stands in the data. Usage: {@code LinkBench LINKS}, a folder of
 * {@code NAME.jsonl} and {@code NAME.pages.jsonl}.
 *
 * <p>{@code LinkBench LINKS held-out}: what the rules go by is chosen on some repositories, for the most right pages with at
 * most 1 % wrong, and measured on others: each alone, and in two halves.
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
                    "%-24s of %.0f with a page: right %.1f %%, wrong %.1f %%, left %.1f %% (%.1f %% among the twelve); of %.0f taken away: named %.1f %%%n",
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

    /** A link with what is known of it. */
    private record Case(int number, String repository, String commit, JsonNode row, Map<String, String> titles) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Case that && that.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    public static void main(String[] args) throws IOException {
        var cases = cases(Path.of(args[0]));
        if (args.length > 1) {
            heldOut(cases);
        } else {
            print(cases, Caution.USUAL, 12, "");
        }
    }

    private static List<Case> cases(Path folder) throws IOException {
        var cases = new ArrayList<Case>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(LinkBench::isCases).sorted().toList()) {
                var name = file.getFileName().toString().replace(".jsonl", "");
                var states = states(file.resolveSibling(name + ".pages.jsonl"));
                for (var line : Files.readAllLines(file)) {
                    var row = Json.parse(line);
                    if (isDecided(row)) {
                        var state = row.required("state").stringValue();
                        cases.add(new Case(cases.size(), name, name + state, row, states.get(state)));
                    }
                }
            }
        }
        return cases;
    }

    private record Asked(Case one, Caution caution, int most) {}

    private static final Map<Asked, Tally> KNOWN = new HashMap<>();

    private static Tally[] tallies(List<Case> cases, Caution caution, int most) {
        var all = new Tally();
        var commits = new TreeMap<String, List<Tally>>();
        for (var one : cases) {
            var tally = KNOWN.computeIfAbsent(
                    new Asked(one, caution, most), asked -> tally(one.row(), one.titles(), caution, most));
            all.add(tally, 1);
            commits.computeIfAbsent(one.commit(), key -> new ArrayList<>()).add(tally);
        }
        var byCommit = new Tally();
        commits.values().forEach(some -> some.forEach(tally -> byCommit.add(tally, 1.0 / some.size())));
        return new Tally[] {all, byCommit};
    }

    private static void print(List<Case> cases, Caution caution, int most, String of) {
        var tallies = tallies(cases, caution, most);
        tallies[0].print(of + "links");
        tallies[1].print(of + "commits");
    }

    /** The caution with the most right pages of those with at most 1 % wrong, of all links of some repositories. */
    private static Caution chosen(List<Case> cases) {
        var best = Caution.USUAL;
        double most = -100;
        for (var veryNear : new double[] {0.8, 0.85, 0.9, 1.01}) {
            for (var told : new double[] {0.34, 0.5, 0.67, 1}) {
                var caution = new Caution(0.75, veryNear, told);
                var tally = tallies(cases, caution, 1)[0];
                double pages = tally.right + tally.wrong + tally.vain;
                double worth = tally.right / pages - (tally.wrong / pages > 0.01 ? 10 * tally.wrong / pages : 0);
                if (worth > most) {
                    most = worth;
                    best = caution;
                }
            }
        }
        return best;
    }

    private static void heldOut(List<Case> cases) {
        var names = cases.stream().map(Case::repository).distinct().sorted().toList();
        var alone = new Tally();
        var aloneByCommit = new Tally();
        for (var name : names) {
            var own =
                    cases.stream().filter(one -> one.repository().equals(name)).toList();
            var others =
                    cases.stream().filter(one -> !one.repository().equals(name)).toList();
            var caution = chosen(others);
            var tallies = tallies(own, caution, 1);
            tallies[0].print(name);
            System.out.println("  " + caution);
            alone.add(tallies[0], 1);
            aloneByCommit.add(tallies[1], 1);
        }
        alone.print("each by others");
        aloneByCommit.print("  commits");
        for (int half = 0; half < 2; half++) {
            int side = half;
            var here = cases.stream()
                    .filter(one -> names.indexOf(one.repository()) % 2 == side)
                    .toList();
            var there = cases.stream()
                    .filter(one -> names.indexOf(one.repository()) % 2 != side)
                    .toList();
            var caution = chosen(here);
            System.out.println("chosen on a half: " + caution);
            print(there, caution, 1, "other half, ");
        }
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

    private static Tally tally(JsonNode row, Map<String, String> titles, Caution caution, int most) {
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
        var found = new Successors(List.copyOf(titles.keySet()), new Moves(moves), content(titles, anchored), caution)
                .of(
                        new Question(
                                row.required("file").stringValue(),
                                broken,
                                row.required("text").stringValue(),
                                anchor),
                        Optional.empty(),
                        most);
        var target = row.path("target").asString(null);
        if (most > 1 && System.getenv("VERBOSE") != null) {
            found.stream()
                    .filter(one -> one.certain() && !one.path().equals(target))
                    .forEach(one -> System.out.printf(
                            "  %s: [%s](%s) -> %s, people: %s%n",
                            row.required("file").stringValue(),
                            row.required("text").stringValue(),
                            link,
                            one.path(),
                            target));
        }
        return tally(found, target);
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
