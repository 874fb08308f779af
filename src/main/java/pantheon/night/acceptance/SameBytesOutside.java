package pantheon.night.acceptance;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.part.Region;
import pantheon.night.document.Lines;
import pantheon.night.workspace.files.PathRefused;

/** One file is as it was, byte for byte, but for one part. */
record SameBytesOutside(String field, Region region) implements Check {
    @Override
    public String name() {
        return "same_bytes_outside";
    }

    @Override
    public List<String> fileFields() {
        return List.of(field);
    }

    @Override
    public CheckResult check(Work work) {
        try {
            var problem = problem(work, work.path(field));
            return problem == null ? CheckResult.passed(this) : CheckResult.failed(this, problem);
        } catch (PathRefused e) {
            return CheckResult.failed(this, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String problem(Work work, String path) throws PathRefused {
        var original = work.changes().original(path);
        if (original == null) {
            return "%s was not there before the task".formatted(FileCheck.shown(path));
        }
        var difference = difference(work, original, work.changes().content(path));
        return difference == null
                ? null
                : "%s: %s; only %s may differ"
                        .formatted(place(path, difference), difference.problem(), region.words(work.input()));
    }

    private static String place(String path, Region.Difference difference) {
        return difference.line() == 0 ? FileCheck.shown(path) : FileCheck.place(path, difference.line());
    }

    private Region.@Nullable Difference difference(Work work, byte[] before, byte[] after) {
        try {
            return region.difference(work.input(), Lines.of(Work.text(before)), Lines.of(Work.text(after)));
        } catch (CharacterCodingException e) { // then a character stands for each byte, and nothing is lost either
            return region.difference(work.input(), Lines.of(bytes(before)), Lines.of(bytes(after)));
        }
    }

    private static String bytes(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
