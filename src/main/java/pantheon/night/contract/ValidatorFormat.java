package pantheon.night.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.MessageSourceError;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.FormatValidator;
import com.networknt.schema.path.NodePath;
import java.util.function.Supplier;
import pantheon.night.language.pattern.PatternMatcher;
import pantheon.night.language.text.Formats;
import tools.jackson.databind.JsonNode;

/** A format as the validator asserts it: by the test that grammars share, else by the library's own. */
record ValidatorFormat(Format library) implements Format {
    /**
     * No longer text is given to a test of the library's own: an address has 320 characters at most (RFC 5321), a
     * host's name 253, and a time some forty.
     */
    private static final int LONGEST = 2_048;

    @Override
    public String getName() {
        return library.getName();
    }

    @Override
    public String getMessageKey() {
        return "format." + getName();
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        var own = Formats.test(getName());
        return own.isPresent()
                ? own.get().test(text)
                : (isAddress() || text.length() <= LONGEST) && library.matches(context, text);
    }

    /** Addresses of any length are parsed from left to right. */
    private boolean isAddress() {
        return getName().startsWith("uri") || getName().startsWith("iri");
    }

    @Override
    public void validate(
            ExecutionContext context,
            SchemaContext schema,
            JsonNode value,
            JsonNode root,
            NodePath place,
            boolean asserted,
            Supplier<MessageSourceError.Builder> error,
            FormatValidator validator) {
        if (getName().equals("regex") && value.isString()) {
            PatternMatcher.refusal(value.stringValue())
                    .filter(reason -> asserted)
                    .ifPresent(reason -> context.addError(error.get()
                            .message("{0}")
                            .arguments("is no regular expression of ECMA-262: " + reason)
                            .build()));
        } else {
            Format.super.validate(context, schema, value, root, place, asserted, error, validator);
        }
    }
}
