package pantheon.night.cli.help;

import java.util.LinkedHashMap;
import pantheon.night.ExitCode;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** The list of exit codes in the program's help, as the codes themselves say. */
public final class ExitCodesInWords implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec program) {
        var words = new LinkedHashMap<String, String>();
        for (var code : ExitCode.values()) {
            words.put(String.valueOf(code.status()), code.words());
        }
        program.usageMessage().exitCodeList(words);
        return program;
    }
}
