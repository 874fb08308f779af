package pantheon.night.document.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.document.fence.RepositoryLanguages.Candidate;
import pantheon.night.document.fence.RepositoryLanguages.Labelled;

class RepositoryLanguagesTest {
    private static final List<Labelled> FENCES = List.of(
            new Labelled("guide/a.md", "console", "$ npm install"),
            new Labelled("guide/a.md", "console", "$ npm test"),
            new Labelled("README.md", "bash", "npm install\nnpm run build"),
            new Labelled("README.md", "bash", "cd docs && make"),
            new Labelled("README.md", "bash", "git clone example"),
            new Labelled("guide/b.md", "YAML", "a: 1\nb:\n  - c\n"),
            new Labelled("guide/b.md", "go", "func main() {\n\tfmt.Println(1)\n}\n"));

    private static final RepositoryLanguages LANGUAGES =
            RepositoryLanguages.of(LanguageModel.shipped(), FENCES, List.of());

    private static String best(String path, String code) {
        return LANGUAGES.rank(path, code).getFirst().word();
    }

    @Test
    void calls_a_language_as_the_nearest_documents_do() {
        assertEquals("console", best("guide/a.md", "npm run dev"));
        assertEquals("console", best("guide/new.md", "npm run dev"));
        assertEquals("bash", best("other/x.md", "npm run dev"));
        assertEquals("YAML", best("other/x.md", "name: x\nversion: 2\nitems:\n  - y\n"));
    }

    @Test
    void offers_the_repositorys_own_languages_and_text_alone() {
        var words = LANGUAGES.rank("README.md", "SELECT a FROM b WHERE c = 1;").stream()
                .map(Candidate::word)
                .sorted()
                .toList();
        assertEquals(List.of("YAML", "bash", "go", "text"), words);
    }

    @Test
    void is_unsure_of_a_language_that_the_repository_does_not_have() {
        var code =
                "public sealed class Blog\n{\n    public string Url { get; set; }\n    public List<Post> Posts { get; } = new();\n}\n";
        assertTrue(LANGUAGES.rank("README.md", code).getFirst().probability() < 0.5);
        var own = new ArrayList<>(FENCES);
        own.add(new Labelled("c.md", "csharp", "public class Post\n{\n    public int Id { get; set; }\n}\n"));
        var best = RepositoryLanguages.of(LanguageModel.shipped(), own, List.of())
                .rank("README.md", code)
                .getFirst();
        assertEquals("csharp", best.word());
        assertTrue(best.probability() > 0.75, best::toString);
    }

    @Test
    void learns_what_nobody_else_has() {
        var own = new ArrayList<>(FENCES);
        for (int i = 0; i < 20; i++) {
            own.add(new Labelled("q.md", "myql", "FETCH %%rows%% FROM <<table%d>> LIMITED BY %d".formatted(i, i * 7)));
        }
        var best = RepositoryLanguages.of(LanguageModel.shipped(), own, List.of())
                .rank("q.md", "FETCH %%names%% FROM <<people>> LIMITED BY 3")
                .getFirst();
        assertEquals("myql", best.word());
        assertTrue(best.probability() > 0.5, best::toString);
    }

    @Test
    void the_same_fences_teach_the_same() {
        var again = RepositoryLanguages.of(LanguageModel.shipped(), FENCES, List.of());
        assertEquals(LANGUAGES.rank("README.md", "ls -l"), again.rank("README.md", "ls -l"));
    }

    @Test
    void what_many_bare_fences_are_of_is_likelier_of_each() {
        var bare = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            bare.add("name: service-%d\nport: %d\nhosts:\n  - a\n".formatted(i, i));
        }
        var unsure = "version";
        double alone = probability(LANGUAGES, unsure, "YAML");
        var many = RepositoryLanguages.of(LanguageModel.shipped(), FENCES, bare);
        assertTrue(probability(many, unsure, "YAML") > alone, () -> "%f".formatted(alone));
        assertTrue(probability(many, "npm install\nnpm test\ncd docs", "bash") > 0.5);
    }

    private static double probability(RepositoryLanguages languages, String code, String word) {
        return languages.rank("README.md", code).stream()
                .filter(candidate -> candidate.word().equals(word))
                .mapToDouble(Candidate::probability)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_repository_without_a_labelled_fence_has_text_alone() {
        var none = RepositoryLanguages.of(LanguageModel.shipped(), List.of(), List.of());
        var ranked = none.rank("a.md", "npm install\nnpm test");
        assertEquals(List.of("text"), ranked.stream().map(Candidate::word).toList());
        assertTrue(ranked.getFirst().probability() < 0.5, ranked::toString);
    }
}
