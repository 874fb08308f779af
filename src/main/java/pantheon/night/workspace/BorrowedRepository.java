package pantheon.night.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.repository.Location;

/**
 * A bare repository that reads another's objects where they lie and keeps its own, as {@code git clone --shared} makes
 * one (gitrepository-layout(5), objects/info/alternates): whatever is committed in it, the other stays as it was.
 */
public final class BorrowedRepository {
    private static final String CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";

    private BorrowedRepository() {}

    /**
     * Makes one.
     *
     * @param folder is made
     * @param workspace the other repository; its current commit becomes this one's
     * @throws NightException (78) where the other cannot be used, (73) where this one cannot be made
     */
    public static void create(Path folder, Path workspace) {
        try (var other = Workspace.open(workspace)) {
            var common = Location.of(workspace).commonDirectory();
            var info = Files.createDirectories(folder.resolve("objects/info"));
            Files.createDirectories(folder.resolve("objects/pack"));
            Files.createDirectories(folder.resolve("refs/heads"));
            Files.writeString(
                    info.resolve("alternates"), common.resolve("objects").toRealPath() + "\n");
            copy(common.resolve(Constants.SHALLOW), folder.resolve(Constants.SHALLOW));
            Files.writeString(folder.resolve(Constants.CONFIG), CONFIG);
            Files.writeString(folder.resolve(Constants.HEAD), other.baseCommit() + "\n");
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "a repository to try in cannot be made in %s: %s. Check the disk's free space."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to);
        }
    }
}
