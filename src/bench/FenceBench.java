import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.document.fence.LanguageModel.Sample;
import pantheon.night.document.fence.LanguageWords;
import pantheon.night.document.fence.RepositoryLanguages;
import pantheon.night.document.fence.RepositoryLanguages.Candidate;
import pantheon.night.document.fence.RepositoryLanguages.Labelled;

/**
 * How well the languages of code fences are guessed that people labelled later.
 *
 * <p>Each repository is measured with what the fences of the others taught (none of its own are in it) and what its own
 * labelled fences teach on top, as a night learns them. Usage: {@code FenceBench FENCES [MODEL [BUT]]}; with MODEL, the model
 * that ships is learnt from all of them and written there; with BUT, from all but that repository, and nothing is measured.
 */
final class FenceBench {
    /** What one repository alone has says nothing to another. */
    private static final Set<String> OWN = Set.of(
            "snackplayer",
            "openmetrics-add-eof",
            "nocode",
            "fiddle",
            "js-vue",
            "t4",
            "pt",
            "gn",
            "crypto",
            "semver",
            "consol",
            "commit",
            "code",
            "script",
            "cli",
            "config",
            "npx",
            "reactnativewebplayer",
            "mdx-code-block",
            "no-syntax",
            "gol",
            "stderr",
            "env",
            "log",
            "language",
            "openmetrics");

    private record Row(
            String repository, boolean later, String commit, String path, String word, String group, String code) {}

    private record Answer(Row row, Candidate best, boolean right, boolean rightWord) {}

    public static void main(String[] args) throws IOException {
        var rows = rows(Path.of(args[0]));
        if (args.length > 1) {
            try (var out = Files.newOutputStream(Path.of(args[1]))) {
                taught(rows, args.length > 2 ? args[2] : "").write(out);
            }
        }
        if (args.length > 2) {
            return;
        }
        var answers = new ArrayList<Answer>();
        for (var repository : new TreeSet<>(rows.stream().map(Row::repository).toList())) {
            answers.addAll(answers(rows, repository));
        }
        print(answers);
        heldOut(answers);
    }

    /** The least probability at which 95 % of the commits of some repositories are right, and what it comes to on others. */
    private static void heldOut(List<Answer> answers) {
        var names = answers.stream()
                .map(answer -> answer.row().repository())
                .distinct()
                .sorted()
                .toList();
        System.out.println("least chosen on others: repository  least  answered  right   by commit: answered  right");
        var kept = new ArrayList<Answer>();
        for (var name : names) {
            var own = answers.stream()
                    .filter(answer -> answer.row().repository().equals(name))
                    .toList();
            var others = answers.stream()
                    .filter(answer -> !answer.row().repository().equals(name))
                    .toList();
            double least = least(others);
            System.out.printf("%-34s", name);
            line(own, commits(own), least);
            own.stream().filter(answer -> answer.best().probability() >= least).forEach(kept::add);
        }
        System.out.printf("%-34s", "all of them");
        held(kept, answers);
        for (int half = 0; half < 2; half++) {
            int side = half;
            double least = least(answers.stream()
                    .filter(answer -> names.indexOf(answer.row().repository()) % 2 == side)
                    .toList());
            var there = answers.stream()
                    .filter(answer -> names.indexOf(answer.row().repository()) % 2 != side)
                    .toList();
            System.out.printf("%-34s", "chosen on one half, on the other");
            line(there, commits(there), least);
        }
    }

    private static void held(List<Answer> kept, List<Answer> all) {
        var commits = commits(all);
        double answered = 0;
        double right = 0;
        for (var answer : kept) {
            answered += 1.0 / commits.get(commit(answer));
            right += answer.right() ? 1.0 / commits.get(commit(answer)) : 0;
        }
        System.out.printf(
                "       %6.1f %% %6.1f %%   %6.1f %% %6.1f %%%n",
                100.0 * kept.size() / all.size(),
                100.0 * kept.stream().filter(Answer::right).count() / kept.size(),
                100 * answered / commits.size(),
                100 * right / answered);
    }

    private static Map<String, Integer> commits(List<Answer> answers) {
        var commits = new TreeMap<String, Integer>();
        answers.forEach(answer -> commits.merge(commit(answer), 1, Integer::sum));
        return commits;
    }

    private static double least(List<Answer> answers) {
        var commits = commits(answers);
        for (int percent = 50; percent < 99; percent++) {
            double answered = 0;
            double right = 0;
            for (var answer : answers) {
                if (answer.best().probability() >= percent / 100.0) {
                    answered += 1.0 / commits.get(commit(answer));
                    right += answer.right() ? 1.0 / commits.get(commit(answer)) : 0;
                }
            }
            if (right >= 0.95 * answered) {
                return percent / 100.0;
            }
        }
        return 0.99;
    }

    private static List<Row> rows(Path folder) throws IOException {
        var rows = new ArrayList<Row>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (var line : Files.readAllLines(file)) {
                    var row = Json.parse(line);
                    rows.add(new Row(
                            file.getFileName().toString(),
                            !row.required("kind").stringValue().equals("labelled"),
                            row.path("commit").asString(""),
                            row.required("file").stringValue(),
                            row.required("language").stringValue(),
                            row.required("group").stringValue(),
                            row.required("code").stringValue()));
                }
            }
        }
        return rows;
    }

    private static LanguageModel taught(List<Row> rows, String but) {
        return LanguageModel.blank()
                .learnt(rows.stream()
                        .filter(row -> !row.later() && !row.repository().equals(but))
                        .map(row -> new Sample(LanguageWords.language(row.word()), row.code()))
                        .filter(sample -> !OWN.contains(sample.language()))
                        .toList());
    }

    private static List<Answer> answers(List<Row> rows, String repository) {
        var later = rows.stream()
                .filter(row -> row.repository().equals(repository) && row.later())
                .toList();
        if (later.isEmpty()) {
            return List.of();
        }
        var own = rows.stream()
                .filter(row -> row.repository().equals(repository) && !row.later())
                .map(row -> new Labelled(row.path(), row.word(), row.code()))
                .toList();
        var languages = RepositoryLanguages.of(
                taught(rows, repository), own, later.stream().map(Row::code).toList());
        var groups = new HashMap<String, String>();
        rows.forEach(row -> groups.putIfAbsent(row.word(), row.group()));
        return later.stream().map(row -> answer(row, languages, groups)).toList();
    }

    private static Answer answer(Row row, RepositoryLanguages languages, Map<String, String> groups) {
        var best = languages.rank(row.path(), row.code()).getFirst();
        boolean right = groups.getOrDefault(best.word(), best.word()).equals(row.group())
                || LanguageWords.language(best.word()).equals(LanguageWords.language(row.word()));
        return new Answer(row, best, right, best.word().equals(row.word()));
    }

    private static void print(List<Answer> answers) {
        var commits = new TreeMap<String, Integer>();
        answers.forEach(answer -> commits.merge(commit(answer), 1, Integer::sum));
        System.out.printf(
                "%d fences, %d commits; the repository's very word: %.1f %%%n",
                answers.size(),
                commits.size(),
                100.0 * answers.stream().filter(Answer::rightWord).count() / answers.size());
        System.out.println("least  answered  right   by commit: answered  right");
        for (var least : new double[] {0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95}) {
            line(answers, commits, least);
        }
        System.out.println("probability  fences  said  right");
        for (int bin = 0; bin < 10; bin++) {
            bin(answers, bin);
        }
    }

    private static String commit(Answer answer) {
        return answer.row().repository() + answer.row().commit();
    }

    private static void line(List<Answer> answers, Map<String, Integer> commits, double least) {
        double n = 0;
        double right = 0;
        double byCommit = 0;
        double rightByCommit = 0;
        for (var answer : answers) {
            if (answer.best().probability() >= least) {
                double weight = 1.0 / commits.get(commit(answer));
                n++;
                byCommit += weight;
                right += answer.right() ? 1 : 0;
                rightByCommit += answer.right() ? weight : 0;
            }
        }
        System.out.printf(
                "%.2f   %5.1f %%   %5.1f %%  %5.1f %%  %5.1f %%%n",
                least,
                100 * n / answers.size(),
                100 * right / n,
                100 * byCommit / commits.size(),
                100 * rightByCommit / byCommit);
    }

    private static void bin(List<Answer> answers, int bin) {
        var in = answers.stream()
                .filter(answer -> Math.min(9, (int) (answer.best().probability() * 10)) == bin)
                .toList();
        if (!in.isEmpty()) {
            System.out.printf(
                    "%.1f to %.1f   %5d  %5.1f %%  %5.1f %%%n",
                    bin / 10.0,
                    (bin + 1) / 10.0,
                    in.size(),
                    in.stream()
                            .mapToDouble(answer -> 100 * answer.best().probability())
                            .average()
                            .orElse(0),
                    in.stream()
                            .mapToDouble(answer -> answer.right() ? 100 : 0)
                            .average()
                            .orElse(0));
        }
    }
}
