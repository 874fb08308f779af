package pantheon.night.prompt.call;

/** Finds where a value inside a call ends: at a comma or parenthesis that is in no string, list or dict. */
record PythonScan(String text) {
    int behindValue(int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = behindString(at);
                continue;
            }
            if (depth == 0 && (c == ',' || c == ')')) {
                return at;
            }
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth < 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    private int behindString(int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }
}
