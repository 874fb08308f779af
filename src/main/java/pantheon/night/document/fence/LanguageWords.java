package pantheon.night.document.fence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people call the languages of fences: several words stand for one language. */
public final class LanguageWords {
    /** What is no language: output, logs, anything that is only to be read. */
    public static final String TEXT = "text";

    /** Commands. */
    static final String SHELL = "shell";

    private static final List<List<String>> ALIKE = List.of(
            List.of(
                    SHELL,
                    "sh",
                    "bash",
                    "zsh",
                    "console",
                    "shell-session",
                    "shellsession",
                    "sh-session",
                    "terminal",
                    "language-bash"),
            List.of("yaml", "yml", "language-yaml"),
            List.of("js", "javascript", "jsx", "mjs", "cjs", "node"),
            List.of("ts", "typescript", "tsx", "mts"),
            List.of(TEXT, "txt", "plaintext", "plain", "none", "output", "nohighlight"),
            List.of("cs", "csharp", "c#"),
            List.of("cpp", "c++", "cc", "cxx"),
            List.of("go", "golang"),
            List.of("python", "py", "python3"),
            List.of("md", "markdown"),
            List.of("html", "htm"),
            List.of("powershell", "ps1", "pwsh", "ps"),
            List.of("objectivec", "objc", "objective-c", "obj-c"),
            List.of("proto", "protobuf", "proto3"),
            List.of("ruby", "rb"),
            List.of("rust", "rs"),
            List.of("kotlin", "kt", "kts"),
            List.of("dockerfile", "docker"),
            List.of("bat", "batch", "cmd", "batchfile", "dos"),
            List.of("diff", "patch"),
            List.of("makefile", "make"),
            List.of("hcl", "terraform", "tf"),
            List.of("groovy", "gradle"),
            List.of("json", "jsonl"),
            List.of("ini", "cfg", "properties"),
            List.of("tex", "latex"),
            List.of("elixir", "ex"),
            List.of("haskell", "hs"),
            List.of("clojure", "clj"),
            List.of("perl", "pl"));

    private static final Map<String, String> BY_WORD = byWord();

    private LanguageWords() {}

    private static Map<String, String> byWord() {
        var byWord = new HashMap<String, String>();
        ALIKE.forEach(words -> words.forEach(word -> byWord.put(word, words.getFirst())));
        return byWord;
    }

    /** The language that a word stands for, whatever its case; of a word that is not known, the word in lower case. */
    public static String language(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        return BY_WORD.getOrDefault(lower, lower);
    }
}
