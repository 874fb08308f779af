package pantheon.night.document.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pantheon.night.document.link.Moves.Fate;
import pantheon.night.document.link.Moves.Move;
import pantheon.night.document.link.Successors.Question;
import pantheon.night.document.link.Successors.Successor;

class SuccessorsTest {
    private static final Successors.Pages NOTHING = pages("", "", "");

    /** Of one page something is known: its title, an anchor; another only says that it is elsewhere. */
    private static Successors.Pages pages(String page, String known, String stub) {
        return new Successors.Pages() {
            @Override
            public String title(String path) {
                return path.equals(page) ? known : "";
            }

            @Override
            public boolean hasAnchor(String path, String anchor) {
                return path.equals(page) && known.equals(anchor);
            }

            @Override
            public boolean isStub(String path) {
                return path.equals(stub);
            }
        };
    }

    private static @Nullable String certain(
            List<String> paths, List<Move> moves, Successors.Pages content, Question asked) {
        return new Successors(paths, new Moves(moves), content)
                .of(asked, Optional.empty(), 1).stream()
                        .filter(Successor::certain)
                        .map(Successor::path)
                        .findFirst()
                        .orElse(null);
    }

    private static Question asked(String page, String meant) {
        return new Question(page, meant, "here", "");
    }

    @Test
    void renames_are_followed_to_the_end() {
        var moves = List.of(new Move("a.md", "b.md"), new Move("b.md", "c/d.md"), new Move("x.md", null));
        assertEquals("c/d.md", certain(List.of("c/d.md"), moves, NOTHING, asked("p.md", "a.md")));
        assertInstanceOf(Fate.Deleted.class, new Moves(moves).fate("x.md"));
        assertInstanceOf(Fate.Unknown.class, new Moves(moves).fate("never.md"));
        assertEquals(Optional.of("b.md"), new Moves(moves).before("c/d.md"));
    }

    @Test
    void a_path_that_was_used_again_is_followed_from_its_last_file() {
        var moves = List.of(new Move("a.md", "old.md"), new Move("a.md", "new.md"), new Move("old.md", "a.md"));
        assertEquals(new Fate.At("new.md"), new Moves(moves.subList(0, 2)).fate("a.md"));
        assertInstanceOf(Fate.At.class, new Moves(moves).fate("old.md"));
    }

    @Test
    void the_only_page_of_that_name_is_certain() {
        var paths = List.of("guide/Set-Up.md", "guide/other.md");
        assertEquals("guide/Set-Up.md", certain(paths, List.of(), NOTHING, asked("p.md", "docs/setup.md")));
    }

    @Test
    void of_several_the_one_whose_path_ends_alike() {
        var paths = List.of("a/x/setup.md", "a/y/setup.md");
        assertEquals("a/y/setup.md", certain(paths, List.of(), NOTHING, asked("p.md", "b/y/setup.md")));
        assertEquals(null, certain(paths, List.of(), NOTHING, asked("p.md", "b/setup.md")));
    }

    @Test
    void a_page_of_another_language_or_version_is_never_meant() {
        var paths = List.of("docs/ko/setup.md", "docs/v2/setup.md");
        assertEquals(null, certain(paths, List.of(), NOTHING, asked("docs/en/p.md", "docs/en/setup.md")));
        assertEquals(
                "docs/v2/setup.md", certain(paths, List.of(), NOTHING, asked("docs/v2/p.md", "docs/v2/old/setup.md")));
    }

    @Test
    void the_default_language_stands_in_only_where_somebody_chooses_it() {
        var paths = List.of("docs/setup.md");
        var asked = asked("docs/es/p.md", "docs/es/setup.md");
        assertEquals(null, certain(paths, List.of(), NOTHING, asked));
        assertEquals(
                List.of(new Successor("docs/setup.md", false)),
                new Successors(paths, new Moves(List.of()), NOTHING).of(asked, Optional.empty(), 12));
    }

    @Test
    void a_page_that_only_says_where_it_went_is_not_meant() {
        assertEquals(
                null,
                certain(List.of("x/setup.md"), List.of(), pages("", "", "x/setup.md"), asked("p.md", "setup.md")));
    }

    @Test
    void what_was_deleted_has_a_successor_only_where_the_link_says_so() {
        var moves = List.of(new Move("old/setup.md", null));
        var paths = List.of("new/setup.md");
        assertEquals(null, certain(paths, moves, NOTHING, asked("p.md", "old/setup.md")));
        assertEquals(
                "new/setup.md",
                certain(
                        paths,
                        moves,
                        pages("new/setup.md", "part", ""),
                        new Question("p.md", "old/setup.md", "some words", "part")));
    }

    @Test
    void a_heading_that_gives_the_anchor_speaks_against_a_rename() {
        var moves = List.of(new Move("config.md", "config/index.md"));
        var paths = List.of("config/index.md", "other/config.md");
        assertEquals("config/index.md", certain(paths, moves, NOTHING, asked("p.md", "config.md")));
        var asked = new Question("p.md", "config.md", "some words", "part");
        assertEquals(null, certain(paths, moves, pages("other/config.md", "part", ""), asked));
    }

    @Test
    void a_name_nearly_the_same_is_certain_where_the_words_of_the_link_say_so() {
        var paths = List.of("docs/debugging-instructions.md");
        var asked = new Question("p.md", "docs/debug-instructions.md", "Debugging instructions", "");
        assertEquals(null, certain(paths, List.of(), NOTHING, asked("p.md", "docs/debugging-instruction.md")));
        assertEquals(
                "docs/debugging-instructions.md",
                certain(
                        paths,
                        List.of(),
                        NOTHING,
                        new Question("p.md", "docs/debugging-instruction.md", asked.text(), "")));
    }

    @Test
    void the_page_whose_title_is_the_text_of_the_link_is_certain() {
        var paths = List.of("docs/a.md", "docs/b.md");
        var asked = new Question("docs/p.md", "docs/gone.md", "First steps", "");
        assertEquals("docs/b.md", certain(paths, List.of(), pages("docs/b.md", "First *Steps* | Site", ""), asked));
        assertEquals(null, certain(paths, List.of(), pages("docs/b.md", "First steps in C", ""), asked));
        assertEquals(null, certain(List.of("x/b.md"), List.of(), pages("x/b.md", "First steps", ""), asked));
        var word = new Question("docs/p.md", "docs/gone.md", "Steps", "");
        assertEquals(null, certain(paths, List.of(), pages("docs/b.md", "Steps", ""), word));
    }

    @Test
    void a_link_that_speaks_of_something_else_is_not_for_the_page_of_a_name_alone() {
        var paths = List.of("guide/servers.md");
        var asked = new Question("p.md", "docs/servers.md", "Discovery summarizer", "");
        assertEquals(null, certain(paths, List.of(), NOTHING, asked));
        assertEquals("guide/servers.md", certain(paths, List.of(), NOTHING, asked("p.md", "docs/servers.md")));
        assertEquals("guide/servers.md", certain(paths, List.of(), NOTHING, text(asked, "running serves")));
        assertEquals("guide/servers.md", certain(paths, List.of(), NOTHING, text(asked, "see this proposal")));
        var moves = List.of(new Move("docs/template-short.md", "docs/roles.md"));
        var renamed = new Question("p.md", "docs/template-short.md", "Short template", "");
        assertEquals(null, certain(List.of("docs/roles.md"), moves, NOTHING, renamed));
        assertEquals("docs/roles.md", certain(List.of("docs/roles.md"), moves, NOTHING, text(renamed, "All roles")));
    }

    private static Question text(Question asked, String text) {
        return new Question(asked.page(), asked.meant(), text, asked.anchor());
    }

    @Test
    void of_two_pages_of_a_name_the_one_with_a_title_is_meant() {
        var paths = List.of("a/setup.md", "b/setup.md");
        assertEquals(
                "a/setup.md", certain(paths, List.of(), pages("a/setup.md", "Setup", ""), asked("p.md", "setup.md")));
    }

    @Test
    void the_same_address_is_certain_whatever_a_rename_says() {
        var moves = List.of(new Move("docs/setup.md", "docs/created.md"));
        var paths = List.of("docs/setup/index.md", "docs/created.md");
        assertEquals("docs/setup/index.md", certain(paths, moves, NOTHING, asked("p.md", "docs/setup.md")));
    }

    @Test
    void the_same_path_in_other_capitals_is_certain() {
        var paths = List.of("SECURITY.md", "docs/security.md");
        assertEquals("SECURITY.md", certain(paths, List.of(), NOTHING, asked("docs/p.md", "security.md")));
    }

    @Test
    void a_name_with_the_language_of_the_page_means_the_page_without() {
        var paths = List.of("docs/setup.md", "docs/set.md");
        var meant = "docs/setup-pt-BR.md";
        assertEquals("docs/setup.md", certain(paths, List.of(), NOTHING, asked("i18n/pt-BR/README.md", meant)));
        assertEquals("docs/setup.md", certain(paths, List.of(), NOTHING, asked("docs/README-pt-BR.md", meant)));
        assertEquals(null, certain(paths, List.of(), NOTHING, asked("docs/README.md", meant)));
        assertEquals(null, certain(paths, List.of(), NOTHING, asked("docs/ui/README.md", "docs/set-ui.md")));
    }

    @Test
    void a_folder_of_a_year_is_no_version() {
        assertEquals(
                "CLA.md",
                certain(List.of("CLA.md"), List.of(), NOTHING, asked("events/2018/p.md", "community/CLA.md")));
    }

    @Test
    void a_page_that_moved_takes_its_links_with_it() {
        var moves = new Moves(List.of(new Move("a/b.md", "c/b2.md"), new Move("a/p.md", "d/p.md")));
        var found = new Successors(List.of("c/b2.md"), moves, NOTHING)
                .of(asked("d/p.md", "d/b.md"), Optional.of("a/b.md"), 1);
        assertEquals(List.of(new Successor("c/b2.md", true)), found);
    }

    @Test
    void candidates_come_likeliest_first_and_no_more_than_asked_for() {
        var paths = Arrays.asList("guide/deploying.md", "guide/deploy-to-cloud.md", "guide/deploys/index.md", "zoo.md");
        var found = new Successors(paths, new Moves(List.of()), NOTHING)
                .of(new Question("guide/p.md", "guide/deploy.md", "Deploy", ""), Optional.empty(), 2);
        assertEquals(2, found.size());
        assertTrue(found.stream().allMatch(one -> one.path().startsWith("guide/deploy")), found::toString);
    }

    @Test
    void a_page_says_its_title_its_places_and_that_it_is_elsewhere() {
        var page = PageText.of("---\ntitle: 'A'\n---\n# B\n\n## The *big* part {#own}\n\n<a name=\"x-y\"></a>\n");
        assertEquals("A", page.title());
        assertTrue(page.has("the-big-part-own") && page.has("own") && page.has("X_Y"));
        assertTrue(!page.isStub()
                && PageText.of("This page has moved to [b](b.md).\n").isStub());
    }
}
