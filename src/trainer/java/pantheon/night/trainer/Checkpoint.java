package pantheon.night.trainer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A training run as it stands, enough to go on from.
 *
 * @param step steps done
 * @param elapsed time spent on them
 * @param weights the flat parameters
 * @param mean the optimizer's running mean of the gradient
 * @param square its running mean of the squared gradient
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way to native code; never compared
record Checkpoint(int step, Duration elapsed, float[] weights, float[] mean, float[] square) {
    private static final int MAGIC = 0x504e5431;

    /** Replaces the file in one move, so that a crash leaves the old one or the new one. */
    void write(Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
            out.writeInt(MAGIC);
            out.writeInt(step);
            out.writeLong(elapsed.toNanos());
            out.writeInt(weights.length);
            for (float[] values : new float[][] {weights, mean, square}) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
                bytes.asFloatBuffer().put(values);
                out.write(bytes.array());
            }
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * @throws IOException where the file is not a checkpoint of a model with this many parameters
     */
    static Checkpoint read(Path file, int parameters) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is not a checkpoint");
            }
            int step = in.readInt();
            Duration elapsed = Duration.ofNanos(in.readLong());
            int size = in.readInt();
            if (size != parameters) {
                throw new IOException(file + " holds " + size + " parameters, the model has " + parameters);
            }
            return new Checkpoint(step, elapsed, floats(in, size), floats(in, size), floats(in, size));
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer.wrap(in.readNBytes(4 * count)).asFloatBuffer().get(values);
        return values;
    }
}
