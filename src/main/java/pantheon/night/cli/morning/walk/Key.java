package pantheon.night.cli.morning.walk;

import java.util.List;

/** What a key of the walk does, by which keys, and how that is told. */
enum Key {
    ACCEPT("a", "a", "accept: its commit may be merged"),
    REJECT("r", "r", "reject, with a reason, which is asked for"),
    REDO("d", "d", "do again: queue it for the next night"),
    LATER("l", "l", "later: it goes on waiting"),
    NEXT("n", "n or right", "the next one, without a word on this one"),
    BACK("bp", "b or left", "the one before, which may be decided again"),
    DOWN("j\r\n", "j or down", "a line further"),
    UP("k", "k or up", "a line back"),
    PAGE_DOWN(" f", "space", "a page further"),
    PAGE_UP("u", "u", "a page back"),
    WHOLE("s", "s", "show all that it did, or no longer"),
    HELP("?h", "?", "these lines"),
    QUIT("q\u0004", "q", "quit; what was decided is kept"),
    INTERRUPT("\u0003", "Ctrl-C", "the same, with exit code 130"),
    NONE("", "", "");

    private final String typed;
    private final String name;
    private final String words;

    Key(String typed, String name, String words) {
        this.typed = typed;
        this.name = name;
        this.words = words;
    }

    /** What a terminal sends for it; those of arrows are the terminal's own. */
    List<String> typed() {
        return typed.codePoints().mapToObj(Character::toString).toList();
    }

    /** For a person, empty where it is for nobody. */
    String help() {
        return words.isEmpty() ? "" : "%-12s %s".formatted(name, words);
    }
}
