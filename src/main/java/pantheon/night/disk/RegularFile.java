package pantheon.night.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Files as they are read: regular ones alone, for a pipe, a socket or a device may never answer, and what is read as a
 * whole up to a number of bytes, for it may never end. A symbolic link leads to what it names.
 *
 * <p>All throw a {@link FileSystemException} that says so where a file is another one than that.
 */
public final class RegularFile {
    /** What the lenient decoder writes for what it had to mend. */
    private static final char MENDED = '\uFFFD';

    private RegularFile() {}

    /** What a file holds, to be read piece by piece. */
    public static InputStream stream(Path file) throws IOException {
        try (var held = held(file)) {
            return Files.newInputStream(held.path());
        }
    }

    /** The same, to be read at any place. */
    public static FileChannel channel(Path file) throws IOException {
        try (var held = held(file)) {
            return FileChannel.open(held.path(), StandardOpenOption.READ);
        }
    }

    /** The text of a UTF-8 file, to be read piece by piece. */
    public static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(stream(file), StandardCharsets.UTF_8.newDecoder()));
    }

    /** What a file holds, {@code most} bytes or fewer. */
    public static byte[] bytes(Path file, int most) throws IOException {
        var attributes = require(file, file);
        requireSize(file, attributes, most);
        try (var held = opened(file)) {
            var bytes = held.bytes(most, attributes.size(), file);
            if (bytes.length > most) { // it has grown, or its size is not told, as that of the kernel's files
                throw tooLarge(file, most);
            }
            return bytes;
        }
    }

    /**
     * The text of a UTF-8 file of {@code most} bytes or fewer.
     *
     * @throws java.nio.charset.CharacterCodingException where it is no UTF-8
     */
    public static String text(Path file, int most) throws IOException {
        var bytes = bytes(file, most);
        var text = new String(bytes, StandardCharsets.UTF_8); // the lenient decoder is much the faster one
        return text.indexOf(MENDED) < 0 ? text : decoded(bytes, StandardCharsets.UTF_8);
    }

    /** The same in another encoding. */
    public static String text(Path file, int most, Charset charset) throws IOException {
        return decoded(bytes(file, most), charset);
    }

    private static String decoded(byte[] bytes, Charset charset) throws IOException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** The lines of a UTF-8 file of {@code most} bytes or fewer. */
    public static List<String> lines(Path file, int most) throws IOException {
        return text(file, most).lines().toList();
    }

    /** A regular file, which is looked at before it is opened, and again once no other one can take its place. */
    private static HeldFile held(Path file) throws IOException {
        require(file);
        return opened(file);
    }

    /** The same of one that was looked at already. */
    private static HeldFile opened(Path file) throws IOException {
        var held = HeldFile.open(file);
        try {
            require(held.path(), file);
            return held;
        } catch (IOException e) {
            held.close();
            throw e;
        }
    }

    /** Makes sure that a file is a regular one, so that opening and reading it does not wait for anybody. */
    public static void require(Path file) throws IOException {
        require(file, file);
    }

    private static BasicFileAttributes require(Path where, Path file) throws IOException {
        var attributes = Files.readAttributes(where, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    attributes.isDirectory() ? "it is a folder, no regular file" : "it is no regular file");
        }
        return attributes;
    }

    /** The same of {@code most} bytes or fewer. */
    public static void require(Path file, long most) throws IOException {
        requireSize(file, require(file, file), most);
    }

    private static void requireSize(Path file, BasicFileAttributes attributes, long most) throws IOException {
        if (attributes.size() > most) {
            throw tooLarge(file, most);
        }
    }

    private static FileSystemException tooLarge(Path file, long most) {
        return new FileSystemException(file.toString(), null, "it is larger than %d bytes".formatted(most));
    }
}
