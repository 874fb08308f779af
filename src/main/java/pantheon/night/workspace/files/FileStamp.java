package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the file system says of one file. Whoever alters its content, permissions or identity alters at least the
 * change time (which no program can set back) or the file key; so an equal stamp means an equal file, unless the
 * alteration fell into the same tick of the clock.
 */
public record FileStamp(Object fileKey, int mode, long sizeBytes, FileTime modified, FileTime changed) {
    /** Far more than a tick of any file system's clock. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** The stamp of a name in an open directory; empty where it is gone or its directory was swapped for another. */
    public static Optional<FileStamp> of(OpenDirectory directory, Path name) throws IOException {
        var here = directory.attributes(name).map(attributes -> attributes.fileKey());
        try {
            // The change time can be asked by path only; the file key shows that it is the same file's.
            var stamp = of(Files.readAttributes(
                    directory.resolve(name),
                    "unix:fileKey,mode,size,lastModifiedTime,ctime",
                    LinkOption.NOFOLLOW_LINKS));
            return here.filter(stamp.fileKey::equals).map(key -> stamp);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FileStamp of(Map<String, Object> attributes) {
        return new FileStamp(
                attribute(attributes, "fileKey", Object.class),
                attribute(attributes, "mode", Integer.class),
                attribute(attributes, "size", Long.class),
                attribute(attributes, "lastModifiedTime", FileTime.class),
                attribute(attributes, "ctime", FileTime.class));
    }

    private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    /** Whether a change after this instant would have shown in the stamp. */
    public boolean settledBefore(Instant instant) {
        return changed.toInstant().plus(SETTLING).isBefore(instant);
    }
}
