package pantheon.night.trainer.docs;

/**
 * A generated document.
 *
 * @param path relative to the workspace, {@code /} between its parts
 * @param content the file's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a file; never compared
public record SampleDocument(String path, byte[] content) {}
