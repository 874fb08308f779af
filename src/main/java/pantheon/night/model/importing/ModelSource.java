package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** A model from elsewhere, open while it is brought in. */
sealed interface ModelSource extends AutoCloseable permits FolderSource, GgufSource, IrSource, OnnxSource {
    /**
     * Writes graph, weights, tokenizer and configuration into an empty folder.
     *
     * @throws pantheon.night.NightException with exit code 65 where it cannot be taken
     */
    void write(Path folder) throws IOException;

    /** What it is and says of itself, for {@code origin.json}. */
    ObjectNode origin() throws IOException;

    @Override
    void close();
}
