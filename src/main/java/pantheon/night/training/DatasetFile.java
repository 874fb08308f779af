package pantheon.night.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.training.secrets.ComposedText;
import tools.jackson.databind.node.ObjectNode;

/** One JSONL file of training data while it is written, with its digest. */
final class DatasetFile implements AutoCloseable {
    private final String name;
    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private long rows;
    private long bytes;

    /** @param name its path in the folder, with {@code /} */
    DatasetFile(Path folder, String name) throws IOException {
        this.name = name;
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        var stream = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.out = new DigestOutputStream(new BufferedOutputStream(stream, 1 << 16), digest);
    }

    /**
     * A row as the line that it will be.
     *
     * @param more members behind its own, as JSON without braces
     */
    static byte[] line(ObjectNode row, String more) {
        var own = Json.MAPPER.writeValueAsBytes(row);
        var ending = ("," + more + "}").getBytes(StandardCharsets.UTF_8);
        var line = Arrays.copyOf(own, own.length - 1 + ending.length);
        System.arraycopy(ending, 0, line, own.length - 1, ending.length);
        return line;
    }

    /** A row as the line that it will be. */
    static byte[] line(ComposedText row) {
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param line without its end */
    void add(byte[] line) throws IOException {
        out.write(line, 0, line.length);
        out.write('\n');
        rows++;
        bytes += line.length + 1;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Its line of the manifest, once it is closed. */
    ObjectNode json() {
        return Json.object()
                .put("file", name)
                .put("rows", rows)
                .put("bytes", bytes)
                .put("sha256", HexFormat.of().formatHex(digest.digest()));
    }
}
