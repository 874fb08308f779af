package pantheon.night.model;

import java.nio.file.Path;
import java.util.Map;
import pantheon.night.NightException;

/** A model's folder that is what its manifest says, and stays so while it is loaded. */
public final class VerifiedFolder {
    private final Path folder;
    private final Map<Path, String> stamps;
    private final ModelManifest manifest;

    private VerifiedFolder(Path folder) {
        this.folder = folder;
        this.stamps = ModelFiles.stamps(folder); // before the first byte is read
        this.manifest = ModelManifest.verified(folder);
    }

    /**
     * Compares a folder with its manifest.
     *
     * @throws NightException with exit code 69 that names every file that is missing, surplus, or different
     */
    public static VerifiedFolder of(Path folder) {
        ModelManifest.requireThere(folder);
        return new VerifiedFolder(folder);
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /**
     * Makes sure that a file that is about to be opened is one of those.
     *
     * @throws NightException with exit code 69 where it is not
     */
    public void requireListed(Path file) {
        var path = folder.normalize().relativize(file.normalize()).toString();
        if (!manifest.files().containsKey(path)) {
            throw ModelFolder.unusable(
                    "%s would be loaded, and the manifest of %s does not name it".formatted(path, folder));
        }
    }

    /**
     * Makes sure that what was opened meanwhile is what was compared.
     *
     * @throws NightException with exit code 69 that names the first file or folder that has changed since
     */
    public void requireUnchanged() {
        var now = ModelFiles.stamps(folder);
        for (var path : now.keySet()) {
            if (!now.get(path).equals(stamps.get(path))) {
                throw ModelFolder.unusable("%s was changed while the model was loaded".formatted(path), "Try again.");
            }
        }
        if (now.size() != stamps.size()) {
            throw ModelFolder.unusable("a file of %s went while the model was loaded".formatted(folder), "Try again.");
        }
    }
}
