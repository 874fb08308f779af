package pantheon.night.document.prose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;

/** What the pages beside a page say of themselves. */
public final class Neighbours {
    /** So many pages of a folder are looked into. */
    private static final int MOST_PAGES = 200;

    private Neighbours() {}

    /** Gives the bytes of a file, null where it cannot be read. */
    @FunctionalInterface
    public interface Source {
        byte @Nullable [] content(String path);
    }

    /**
     * A page beside another.
     *
     * @param value what stands there for the key
     */
    public record Neighbour(String path, String value) {}

    /**
     * The pages in a page's folder that have a key.
     *
     * @param paths of all files
     */
    public static List<Neighbour> of(String page, String key, List<String> paths, Source source) {
        var folder = page.substring(0, page.lastIndexOf('/') + 1);
        var beside = paths.stream()
                .filter(path -> path.startsWith(folder) && path.indexOf('/', folder.length()) < 0)
                .filter(path -> !path.equals(page) && (path.endsWith(".md") || path.endsWith(".mdx")))
                .limit(MOST_PAGES)
                .toList();
        var found = new ArrayList<Neighbour>();
        for (var path : beside) {
            var value = value(source.content(path), key);
            if (value != null) {
                found.add(new Neighbour(path, value));
            }
        }
        return found;
    }

    private static @Nullable String value(byte @Nullable [] content, String key) {
        try {
            return content == null
                    ? null
                    : FrontMatter.of(StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(content))
                                    .toString())
                            .text(key);
        } catch (CharacterCodingException | FrontMatter.Unreadable e) {
            return null; // it says nothing that anybody could read
        }
    }
}
