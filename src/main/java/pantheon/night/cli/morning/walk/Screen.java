package pantheon.night.cli.morning.walk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/**
 * The terminal that the walk has for itself: rows to draw, keys, and lines that are edited. It is given back as it was,
 * also where the process is ended.
 *
 * <p>Nothing is installed for signals: Ctrl-C is a key here, and the size is asked for again and again.
 */
final class Screen implements AutoCloseable {
    private static final long PATIENCE_MS = 250;
    private static final int TAB = 8;
    private static final String UNKNOWN = "xterm";

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final BindingReader keys;
    private final KeyMap<Key> map = new KeyMap<>();
    private final LineReader lines;
    private final ShutdownHooks.Task atShutdown = this::giveBack;
    private boolean isGivenBack;

    private Screen(Terminal terminal) {
        this.terminal = terminal;
        before = terminal.enterRawMode();
        var attributes = terminal.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(attributes);
        keys = new BindingReader(terminal.reader());
        bind();
        lines = lines(terminal);
        ShutdownHooks.add(atShutdown);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        display = new Display(terminal, true);
    }

    /**
     * Takes the terminal of standard input and output.
     *
     * @param warnings takes a line where it cannot be had
     */
    static Optional<Screen> open(Consumer<String> warnings) {
        try {
            return Optional.of(new Screen(TerminalBuilder.builder()
                    .system(true)
                    .provider(TerminalBuilder.PROP_PROVIDER_FFM)
                    .dumb(false)
                    .nativeSignals(false)
                    .type(type(Objects.requireNonNullElse(System.getenv("TERM"), UNKNOWN)))
                    .encoding(StandardCharsets.UTF_8)
                    .build()));
        } catch (IOException | IllegalStateException | UnsupportedOperationException e) {
            warnings.accept("keys cannot be read here (%s), so lines are".formatted(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Of a terminal that the library does not know by itself it would ask another program. */
    private static String type(String term) {
        var known = InfoCmp.getLoadedInfoCmp(term);
        return known == null || known.isEmpty() ? UNKNOWN : term;
    }

    private void bind() {
        for (var key : Key.values()) {
            key.typed().forEach(typed -> map.bind(key, typed));
        }
        map.bindIfNotBound(Key.DOWN, KeyMap.key(terminal, Capability.key_down));
        map.bindIfNotBound(Key.UP, KeyMap.key(terminal, Capability.key_up));
        map.bindIfNotBound(Key.NEXT, KeyMap.key(terminal, Capability.key_right));
        map.bindIfNotBound(Key.BACK, KeyMap.key(terminal, Capability.key_left));
        map.bindIfNotBound(Key.PAGE_DOWN, KeyMap.key(terminal, Capability.key_npage));
        map.bindIfNotBound(Key.PAGE_UP, KeyMap.key(terminal, Capability.key_ppage));
        List.of("B", "A", "C", "D").forEach(arrow -> map.bindIfNotBound(arrow(arrow), "\u001b[" + arrow));
        map.setNomatch(Key.NONE);
        map.setUnicode(Key.NONE);
    }

    /** As terminals send them that were not told of an application's keypad. */
    private static Key arrow(String end) {
        return switch (end) {
            case "A" -> Key.UP;
            case "B" -> Key.DOWN;
            case "C" -> Key.NEXT;
            default -> Key.BACK;
        };
    }

    /** A line is taken as it is typed: no quotes, no escapes, no history from elsewhere. */
    private static LineReader lines(Terminal terminal) {
        var plain = new DefaultParser();
        plain.setQuoteChars(new char[0]);
        plain.setEscapeChars(new char[0]);
        var reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(plain)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        reader.getWidgets().put("leave", () -> {
            throw new UserInterruptException("");
        });
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
                .bind(new Reference("leave"), KeyMap.ctrl('C'), KeyMap.ctrl('G'));
        return reader;
    }

    /** How many rows and columns there are; a terminal that does not say has 24 of 80. */
    Size size() {
        var size = terminal.getSize();
        return size.getRows() > 0 && size.getColumns() > 0 ? size : new Size(80, 24);
    }

    /** Text of several lines with the escapes of its colours, as rows of some width. */
    static List<AttributedString> rows(String text, int columns) {
        return text.lines()
                .map(line ->
                        new AttributedStringBuilder().tabs(TAB).ansiAppend(line).toAttributedString())
                .flatMap(line -> line.length() == 0 ? List.of(line).stream() : line.columnSplitLength(columns).stream())
                .toList();
    }

    /** Forgets what stands on the screen, which is drawn anew: another text, or rows that a new size has moved. */
    void clear(Size size) {
        display.resize(size.getRows(), size.getColumns());
        display.clear();
    }

    /** Draws rows from the top; there are at most as many as the terminal has. */
    void draw(List<AttributedString> rows, Size size) {
        display.update(rows, size.cursorPos(Math.min(rows.size(), size.getRows()) - 1, 0));
    }

    /** The next key; empty where none came for a moment. Where the terminal is gone, that is the end. */
    Optional<Key> key() {
        int next = keys.peekCharacter(PATIENCE_MS);
        if (next == NonBlockingReader.READ_EXPIRED) {
            return Optional.empty();
        }
        var key = next < 0 ? Key.QUIT : keys.readBinding(map);
        return Optional.of(key == null ? Key.QUIT : key);
    }

    /** A line that is asked for in the last row; empty where the person thinks better of it. */
    Optional<String> line(String prompt) {
        try {
            terminal.puts(Capability.cursor_address, size().getRows() - 1, 0);
            terminal.puts(Capability.clr_eol);
            terminal.flush();
            return Optional.of(lines.readLine(prompt));
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        }
    }

    private synchronized void giveBack() {
        if (!isGivenBack) {
            isGivenBack = true;
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }

    @Override
    public void close() {
        ShutdownHooks.remove(atShutdown);
        giveBack();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new IllegalStateException("a terminal that was given back cannot be closed", e);
        }
    }
}
