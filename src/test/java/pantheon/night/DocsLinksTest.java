package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the docs point to is there. */
final class DocsLinksTest {
    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("docs");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern SOURCE = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+\\.java)`");
    private static final Pattern PATH = Pattern.compile("`((?:src|docs|systemd)/[\\w./-]*\\w)`");

    static List<Path> pages() throws IOException {
        try (var docs = Files.list(DOCS)) {
            return Stream.concat(
                            Stream.of(README),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_to_a_file_and_a_heading(Path page) throws IOException {
        for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
            var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertTrue(Files.exists(target), page + " links to " + target);
            if (link.group(2) != null) {
                assertTrue(anchors(target).contains(link.group(2)), page + " links to " + link.group());
            }
        }
    }

    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void files_of_the_program_are_where_it_says(Path page) throws IOException {
        var text = Files.readString(page);
        for (var source : SOURCE.matcher(text).results().toList()) {
            var file = source.group(1);
            var there = Stream.of("", "src/main/java/pantheon/night/", "src/test/java/pantheon/night/")
                    .anyMatch(root -> Files.exists(Path.of(root + file)));
            assertTrue(there, page + " names " + file);
        }
        for (var path : PATH.matcher(text).results().toList()) {
            assertTrue(Files.exists(Path.of(path.group(1))), page + " names " + path.group(1));
        }
    }

    @Test
    void the_readme_lists_every_page() throws IOException {
        var readme = Files.readString(README);
        var missing = pages().stream()
                .filter(page -> !page.equals(README))
                .map(page -> "docs/" + Objects.requireNonNull(page.getFileName()))
                .filter(page -> !readme.contains("(" + page + ")"))
                .toList();
        assertEquals(List.of(), missing);
    }
}
