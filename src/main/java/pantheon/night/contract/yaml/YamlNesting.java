package pantheon.night.contract.yaml;

/**
 * How deep a YAML text could be nested on one line or by its brackets, looked at before a parser is, whose time grows with
 * the square of it. Brackets in quotes and comments count as well: no configuration has so many that are not closed.
 */
public final class YamlNesting {
    private YamlNesting() {}

    /** The first line, from 1, on which more than so many brackets are open or entries begin; 0 where there is none. */
    public static int lineDeeperThan(int most, String text) {
        int line = 1;
        int open = 0;
        int begun = 0;
        boolean indented = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n', '\r' -> {
                    line += c == '\n' ? 1 : 0;
                    begun = 0;
                    indented = true;
                }
                case '[', '{' -> open++;
                case ']', '}' -> open = Math.max(0, open - 1);
                case '-', '?' -> begun += indented ? 1 : 0;
                case ' ', '\t' -> {}
                default -> indented = false;
            }
            if (open > most || begun > most) {
                return line;
            }
        }
        return 0;
    }
}
