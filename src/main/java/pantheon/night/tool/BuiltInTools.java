package pantheon.night.tool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tools that ship with the program, by name. */
public final class BuiltInTools {
    private BuiltInTools() {}

    public static Map<String, Tool> all() {
        var tools = new TreeMap<String, Tool>();
        for (var tool : List.<Tool>of(new ReadFrontMatter(), new SetFrontMatter(), new SlugOf())) {
            tools.put(tool.name(), tool);
        }
        return tools;
    }
}
