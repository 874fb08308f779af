import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import pantheon.night.document.link.Link;
import pantheon.night.document.link.Links;
import pantheon.night.document.link.Moves;
import pantheon.night.document.link.Moves.Move;
import pantheon.night.document.link.PageText;
import pantheon.night.document.link.Site;
import pantheon.night.document.link.Successors;
import pantheon.night.document.link.Successors.Question;
import tools.jackson.databind.JsonNode;

/**
 * The links of real states of repositories: how many of the broken ones are found, how many that work are taken for broken,
 * and what is certain of them. Usage: {@code LinkTreesBench TREES}, a folder of folders with {@code docs},
 * {@code files.txt}, {@code truth.jsonl}, {@code renames.jsonl} and {@code about.json}.
 */
final class LinkTreesBench {
    private final Path tree;
    private final List<String> files = new ArrayList<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, JsonNode> truth = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    private LinkTreesBench(Path tree) {
        this.tree = tree;
    }

    public static void main(String[] args) throws IOException {
        try (var trees = Files.list(Path.of(args[0]))) {
            for (var tree : trees.sorted().toList()) {
                new LinkTreesBench(tree).run();
            }
        }
    }

    private void run() throws IOException {
        var docs = tree.resolve("docs");
        try (var walk = Files.walk(docs)) {
            for (var file : walk.filter(Files::isRegularFile).sorted().toList()) {
                var path = docs.relativize(file).toString();
                files.add(path);
                texts.put(path, Files.readString(file));
            }
        }
        files.addAll(Files.readAllLines(tree.resolve("files.txt")));
        var roots = new ArrayList<String>();
        Json.parse(Files.readString(tree.resolve("about.json")))
                .path("roots")
                .forEach(root -> roots.add(root.stringValue()));
        for (var line : Files.readAllLines(tree.resolve("truth.jsonl"))) {
            var row = Json.parse(line);
            truth.put(
                    key(
                            row.required("file").stringValue(),
                            row.required("line").intValue(),
                            row.required("link").stringValue()),
                    row);
        }
        var site = Site.of(files, roots);
        var moves = moves();
        var successors = new Successors(
                new ArrayList<>(new TreeSet<>(files))
                        .stream().filter(Site::isPage).toList(),
                moves,
                pages());
        var seen = new HashSet<String>();
        for (var page : texts.entrySet()) {
            for (var link : Links.of(page.getValue())) {
                look(page.getKey(), link, site, moves, successors, seen);
            }
        }
        int missed = 0;
        for (var key : truth.keySet()) {
            missed += seen.contains(key) ? 0 : 1;
        }
        System.out.printf(
                "%s: %s, %d of %d broken links not found%n", tree.getFileName(), counts, missed, truth.size());
    }

    private static String key(String file, int line, String link) {
        return file + ":" + line + ":" + link;
    }

    private Moves moves() throws IOException {
        var moves = new ArrayList<Move>();
        for (var line : Files.readAllLines(tree.resolve("renames.jsonl"))) {
            var row = Json.parse(line);
            moves.add(
                    new Move(row.required("old").stringValue(), row.path("new").asString(null)));
        }
        return new Moves(moves);
    }

    private Successors.Pages pages() {
        var read = new HashMap<String, PageText>();
        return new Successors.Pages() {
            private PageText page(String path) {
                return read.computeIfAbsent(path, asked -> PageText.of(texts.getOrDefault(asked, "")));
            }

            @Override
            public String title(String path) {
                return page(path).title();
            }

            @Override
            public boolean hasAnchor(String path, String anchor) {
                return page(path).has(anchor);
            }

            @Override
            public boolean isStub(String path) {
                return page(path).isStub();
            }
        };
    }

    private void look(String page, Link link, Site site, Moves moves, Successors successors, HashSet<String> seen) {
        var key = key(page, link.line(), link.destination());
        if (!link.isPath()) {
            return;
        }
        var known = truth.get(key);
        if (!site.isOurs(link) || site.leads(page, link)) {
            count(known == null ? "works" : "broken but taken for working");
            return;
        }
        seen.add(key);
        if (known == null) {
            count("no truth");
            if (System.getenv("VERBOSE") != null) {
                System.out.println("  no truth: " + key);
            }
            return;
        }
        var said = site.meant(page, link.path()).stream()
                .findFirst()
                .flatMap(meant -> certain(page, link, meant, site, moves, successors));
        var kind = known.required("truth").stringValue();
        var right = said.filter(path -> path.equals(known.path("target").asString("")))
                .isPresent();
        count(kind + (said.isEmpty() ? ": left" : kind.equals("page") ? right ? ": right" : ": wrong" : ": named"));
        if (System.getenv("VERBOSE") != null && said.isPresent() && !right) {
            System.out.println("  " + key + " -> " + said.get() + " not " + known);
        }
    }

    private static Optional<String> certain(
            String page, Link link, String meant, Site site, Moves moves, Successors successors) {
        var before = moves.before(page)
                .flatMap(old -> site.meant(old, link.path()).stream().findFirst());
        return successors.of(new Question(page, meant, link.text(), link.anchor()), before, 1).stream()
                .filter(Successors.Successor::certain)
                .map(Successors.Successor::path)
                .findFirst();
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
