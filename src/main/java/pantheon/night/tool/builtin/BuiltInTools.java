package pantheon.night.tool.builtin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import pantheon.night.document.fence.LanguageModel;
import pantheon.night.tool.Tool;

/** The tools that ship with the program, by name. */
public final class BuiltInTools {
    private BuiltInTools() {}

    public static Map<String, Tool> all() {
        return all(LanguageModel::shipped);
    }

    /**
     * The same, beginning with other languages of code.
     *
     * @param languages gives what is known of them without a repository
     */
    public static Map<String, Tool> all(Supplier<LanguageModel> languages) {
        var tools = new TreeMap<String, Tool>();
        var fences = new FenceTools.FenceOffers(languages);
        var links = new LinkTools.LinkOffers();
        for (var tool : List.<Tool>of(
                new ComputeDiff(),
                new FillFrontMatter(),
                new InsertHeader(),
                new ListFiles(),
                new MoveFile(),
                new FenceTools.NextFence(fences),
                new LinkTools.NextLink(links),
                new ReadFile(),
                new ReadFrontMatter(),
                new ReplaceText(),
                new SearchText(),
                new FenceTools.SetFenceLanguage(fences),
                new SetFrontMatter(),
                new LinkTools.SetLink(links),
                new SlugOf(),
                new ViewFrontMatter(),
                new ViewPage(),
                new WriteFile())) {
            tools.put(tool.name(), tool);
        }
        return tools;
    }
}
