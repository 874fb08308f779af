package pantheon.night.document.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
    private static final List<String> FILES = List.of(
            "README.md",
            "docs/a.md",
            "docs/b/index.md",
            "docs/b/c d.md",
            "docs/img/x.png",
            "docs/mdx.mdx",
            "other/e.md");

    private static Link link(String destination) {
        return new Link(1, 0, destination, "text");
    }

    @ParameterizedTest
    @CsvSource({
        "a.md, true",
        "./a.md#part, true",
        "a, true",
        "a.html, true",
        "b, true",
        "b/, true",
        "b/index.html, true",
        "b/c%20d.md, true",
        "img/x.png, true",
        "img, true",
        "mdx, true",
        "../README.md, true",
        "A.md, false",
        "docs/a.md, false",
        "../../a.md, false",
        "c.md, false",
        "img/y.png, false",
        "/a, true",
        "/docs/a.md, false",
    })
    void follows_links_as_sites_do(String destination, boolean leads) {
        assertEquals(leads, Site.of(FILES, List.of("docs")).leads("docs/z.md", link(destination)));
    }

    @ParameterizedTest
    @CsvSource({"/a.md, false", "a.md, true", "https://example.org, false"})
    void links_from_the_root_are_ours_where_somebody_says_so(String destination, boolean ours) {
        assertEquals(ours, Site.of(FILES, List.of()).isOurs(link(destination)));
    }

    @ParameterizedTest
    @CsvSource({"b/x, ../c, true", "b/x, ../c.md, false", "a, x, false"})
    void a_page_with_a_clean_address_is_a_folder(String page, String destination, boolean leads) {
        var site = Site.of(List.of("b/x.md", "b/c.md", "a.md", "b/x.html"), List.of());
        assertEquals(leads, site.leads(page + ".md", link(destination)));
    }

    @ParameterizedTest
    @CsvSource({
        "docs/z.md, old/a.md, docs/a.md, a.md",
        "docs/z.md, ./old/a.md#part, docs/a.md, ./a.md#part",
        "docs/b/z.md, a.md?x=1, docs/a.md, ../a.md?x=1",
        "docs/z.md, old/c.md, docs/b/c d.md, b/c%20d.md",
        "docs/z.md, old/a, docs/a.md, a",
        "docs/z.md, old/a/, docs/a.md, a/",
        "docs/z.md, old/a.html, docs/a.md, a.html",
        "docs/z.md, old/b, docs/b/index.md, b",
        "docs/z.md, y.png, docs/img/x.png, img/x.png",
        "README.md, a.md, docs/a.md, docs/a.md",
        "docs/z.md, /old/a, docs/a.md, /a",
        "docs/z.md, /old/a.md, docs/a.md, /a.md",
    })
    void writes_a_link_as_the_old_one_was_written(String page, String old, String target, String written) {
        assertEquals(
                written,
                Site.of(FILES, List.of("docs")).written(page, link(old), target).orElseThrow());
    }
}
