package pantheon.night.grammar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.machine.CallArguments;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.Literal;
import pantheon.night.grammar.machine.LiteralFrame;
import pantheon.night.grammar.schema.ArgumentList;
import pantheon.night.grammar.schema.Spelling;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.call.CallForm;

/** How calls of some form are spelled, token by token. Shared by all the turns of an agent. */
sealed interface CallSpelling {
    static CallSpelling of(CallForm form) {
        return switch (form) {
            case CallForm.OfJson json -> new OfJson(json);
            case CallForm.OfXml xml -> new OfNames(xml, around(xml), Spelling.bare(xml.pythonWords(), never(xml)));
            case CallForm.OfPython python ->
                new OfNames(python, new ArgumentList.Around(", ", "", "=", ""), spelling(python.values()));
        };
    }

    /**
     * Before a call of a tool.
     *
     * @param vocabulary has the control tokens of the form's ends, or none of their texts
     * @return one frame for each way of giving the arguments
     */
    Stream<Frame> open(String tool, ValueSet arguments, Vocabulary vocabulary);

    /** A tool's call where the form has arguments by their names; empty where they are a JSON object. */
    Optional<NamedCall> named(String tool, ValueSet arguments);

    /**
     * Asks that a tool's arguments can be written so.
     *
     * @throws UnusableSchema where they cannot
     */
    void require(ToolCard tool, ValueSet arguments);

    private static ArgumentList.Around around(CallForm.OfXml xml) {
        return new ArgumentList.Around("", xml.beforeKey(), xml.afterKey(), xml.afterValue());
    }

    private static List<String> never(CallForm.OfXml xml) {
        return Stream.concat(Stream.of(xml.afterValue().stripTrailing()), xml.never().stream())
                .toList();
    }

    private static Spelling spelling(CallForm.OfPython.Values values) {
        return switch (values) {
            case JSON -> Spelling.json();
            case QUOTED -> Spelling.singleQuoted();
            case PYTHON -> Spelling.python();
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON object. */
    record OfJson(CallForm.OfJson form) implements CallSpelling {
        @Override
        public Stream<Frame> open(String tool, ValueSet arguments, Vocabulary vocabulary) {
            var head = Literal.of(vocabulary.literal(form.open()), utf8(form.head(tool)));
            var tail = Literal.of(utf8(form.tail()), vocabulary.literal(form.close()));
            return Stream.of(LiteralFrame.of(head, arguments, LiteralFrame.of(tail, null, Frame.END)));
        }

        @Override
        public Optional<NamedCall> named(String tool, ValueSet arguments) {
            return Optional.empty();
        }

        @Override
        public void require(ToolCard tool, ValueSet arguments) {
            // Every schema's values can be written as JSON.
        }
    }

    /** Arguments by their names. */
    record OfNames(CallForm form, ArgumentList.Around around, Spelling spelling) implements CallSpelling {
        @Override
        public Stream<Frame> open(String tool, ValueSet arguments, Vocabulary vocabulary) {
            var head = Literal.of(vocabulary.literal(form.open()), utf8(beforeArguments(tool)));
            var tail = Literal.of(utf8(behindArguments()), vocabulary.literal(form.close()));
            return ArgumentList.of(arguments, spelling, around).stream()
                    .map(list -> new CallArguments(list, tail).open(Frame.END))
                    .map(frame -> LiteralFrame.of(head, null, frame));
        }

        @Override
        public Optional<NamedCall> named(String tool, ValueSet arguments) {
            var ways = ArgumentList.of(arguments, spelling, around);
            return Optional.of(new NamedCall(beforeArguments(tool), ways, behindArguments()));
        }

        private String beforeArguments(String tool) {
            return switch (form) {
                case CallForm.OfXml xml -> xml.beforeName() + tool + xml.afterName();
                case CallForm.OfPython python -> python.before() + tool + "(";
                case CallForm.OfJson json -> json.head(tool);
            };
        }

        private String behindArguments() {
            return switch (form) {
                case CallForm.OfXml xml -> xml.tail();
                case CallForm.OfPython python -> ")" + python.after();
                case CallForm.OfJson json -> json.tail();
            };
        }

        @Override
        public void require(ToolCard tool, ValueSet arguments) {
            if (!ArgumentList.isName(tool.name())) {
                throw new UnusableSchema(
                        "", "belong to a tool whose name cannot be written in this model's call format");
            }
            for (var name : tool.arguments().path("properties").propertyNames()) {
                if (!ArgumentList.isName(name)) {
                    throw new UnusableSchema(
                            "/properties",
                            "has the name \"%s\", which cannot be written in this model's call format".formatted(name));
                }
            }
            if (ArgumentList.of(arguments, spelling, around).isEmpty()) {
                throw new UnusableSchema("", "cannot be given one by one by their names");
            }
        }
    }
}
