package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.NewWorkspace;

/** Files that no task can see are told of, once a start. */
final class LeftOutFilesTest {
    private static SmallNight night(Path folder, String... files) throws IOException {
        var workspace = Files.createDirectories(folder.resolve("workspace"));
        for (var file : files) {
            Files.writeString(workspace.resolve(file), "as it was\n");
        }
        NewWorkspace.create(workspace, SmallNight.AUTHOR, "The files");
        return SmallNight.in(folder);
    }

    @Test
    void a_file_that_no_tool_could_name_is_told_of(@TempDir Path folder) throws IOException {
        var night = night(folder, "file-0.txt", "back\\slash.txt");
        night.run(SmallNight.tasks(1), SmallNight.rule());
        assertEquals(List.of("back\\slash.txt"), night.leftOut);
    }

    @Test
    void where_every_file_is_there_nothing_is_told(@TempDir Path folder) throws IOException {
        var night = night(folder, "file-0.txt");
        night.run(SmallNight.tasks(1), SmallNight.rule());
        assertEquals(List.of(), night.leftOut);
    }
}
