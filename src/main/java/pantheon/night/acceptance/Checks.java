package pantheon.night.acceptance;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.acceptance.part.Region;
import pantheon.night.contract.Schema;
import pantheon.night.document.prose.Description;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.tool.Tool;
import tools.jackson.databind.JsonNode;

/** The checks that an agent can name, each made from its parameters. */
public final class Checks {
    private static final Map<String, Function<JsonNode, Check>> BY_NAME = Map.ofEntries(
            Map.entry("only_changes", with -> new OnlyChanges(strings(with.required("fields")))),
            Map.entry("changed", with -> new Changed(Scope.of(with), true)),
            Map.entry("unchanged", with -> new Changed(Scope.of(with), false)),
            Map.entry("text_present", with -> new TextCheck(TextCheck.Sought.of(with), true, Scope.of(with))),
            Map.entry("text_absent", with -> new TextCheck(TextCheck.Sought.of(with), false, Scope.of(with))),
            Map.entry("on_schema", with -> new OnSchema(schema("a file", with), Scope.of(with))),
            Map.entry(
                    "same_bytes_outside",
                    with -> new SameBytesOutside(with.path("field").asString("path"), Region.of(with))),
            Map.entry(
                    "front_matter_on_schema",
                    with -> new MarkdownChecks.FrontMatterOnSchema(schema("front matter", with))),
            Map.entry("title_from_heading", with -> new MarkdownChecks.TitleFromHeading()),
            Map.entry("slug_of_title", with -> new MarkdownChecks.SlugOfTitle()),
            Map.entry("mapped_key", Checks::mappedKey),
            Map.entry("older_date", with -> new MarkdownChecks.OlderDate()),
            Map.entry(
                    "other_keys_kept",
                    with -> new MarkdownChecks.OtherKeysKept(new LinkedHashSet<>(strings(with.path("except"))))),
            Map.entry("value_from_result", ValueFromResult::of),
            Map.entry("front_matter_filled", FrontMatterFilled::of),
            Map.entry("description_fits", Checks::description),
            Map.entry(
                    "key_standing",
                    with -> new DeclineChecks.KeyStanding(with.required("key").stringValue())),
            Map.entry("front_matter_missing", with -> new DeclineChecks.FrontMatterMissing()),
            Map.entry(
                    "little_text",
                    with -> new DeclineChecks.LittleText(with.required("most").intValue())),
            Map.entry("title_missing", with -> new DeclineChecks.TitleMissing()),
            Map.entry("unreadable", with -> new DeclineChecks.Unreadable(strings(with.path("keys")))),
            Map.entry("fence_languages", with -> new FenceChecks.FenceLanguages(Scope.of(with))),
            Map.entry("links_mended", with -> new LinkChecks.LinksMended(Scope.of(with), strings(with.path("roots")))),
            Map.entry(
                    "bare_fence",
                    with -> new FenceChecks.BareFence(
                            Scope.of(with), with.path("there").booleanValue(true))),
            Map.entry("broken_link", with -> new LinkChecks.BrokenLink(Scope.of(with), strings(with.path("roots")))),
            Map.entry(
                    "links_resolve",
                    with -> new LinkChecks.LinksResolve(Scope.of(with), LinkChecks.LinksResolve.Terms.of(with))),
            Map.entry("body_kept", with -> new MarkdownChecks.BodyKept()));

    private static final String COMMAND = "command";

    /** The schemas of their parameters. */
    private static final JsonNode PARAMETERS =
            Schema.resource("/schema/acceptance/checks.json").json().required("properties");

    private Checks() {}

    /** The names that an agent can use. */
    public static SortedSet<String> names() {
        var names = new TreeSet<>(BY_NAME.keySet());
        names.add(COMMAND);
        return names;
    }

    /** What each takes: name → the JSON Schema of its parameters, an object. */
    public static SortedMap<String, JsonNode> parameters() {
        var parameters = new TreeMap<String, JsonNode>();
        names().forEach(name -> parameters.put(name, PARAMETERS.required(name)));
        return parameters;
    }

    /**
     * Makes a check.
     *
     * @param with its parameters, an object
     * @throws NightException with exit code 78 where there is no such check or a parameter is wrong
     */
    public static Check named(String name, JsonNode with) {
        return named(name, with, Map.of());
    }

    /**
     * The same where checks may run tools.
     *
     * @param tools by name
     */
    public static Check named(String name, JsonNode with, Map<String, Tool> tools) {
        var factory = factory(name, tools);
        var wrong = Schema.compile("parameters of " + name, PARAMETERS.required(name))
                .check(with);
        if (!wrong.isEmpty()) {
            throw wrongParameters(name, wrong.getFirst().toString());
        }
        try {
            return factory.apply(with);
        } catch (UnsupportedPattern e) {
            throw wrongParameters(name, String.valueOf(e.getMessage()));
        } catch (NightException e) {
            throw e.exitCode() == ExitCode.CONFIG ? e : wrongParameters(name, e.getMessage());
        }
    }

    private static Schema schema(String of, JsonNode with) {
        return Schema.compile(of, with.required("schema"));
    }

    private static NightException wrongParameters(String name, String what) {
        return new NightException(
                ExitCode.CONFIG,
                "acceptance check %s has wrong parameters: %s. Correct the agent.".formatted(name, what));
    }

    private static Function<JsonNode, Check> factory(String name, Map<String, Tool> tools) {
        if (name.equals(COMMAND)) {
            return with -> CommandCheck.of(with, tools);
        }
        var factory = BY_NAME.get(name);
        if (factory == null) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "there is no acceptance check \"%s\"; expected one of %s. Correct the agent."
                            .formatted(name, names()));
        }
        return factory;
    }

    private static Check description(JsonNode with) {
        int least = with.path("least").intValue(50);
        int most = with.path("most").intValue(155);
        if (most < least) {
            throw wrongParameters("description_fits", "most is %d; expected %d or more".formatted(most, least));
        }
        return new MarkdownChecks.DescriptionFits(
                with.path("key").asString("description"),
                new Description.Bounds(least, most, with.path("known").doubleValue(0.5)));
    }

    private static Check mappedKey(JsonNode with) {
        var spellings = new LinkedHashMap<String, List<String>>();
        with.required("spellings").properties().forEach(e -> spellings.put(e.getKey(), strings(e.getValue())));
        var seen = new HashSet<String>();
        spellings.values().stream()
                .flatMap(List::stream)
                .filter(word -> !seen.add(word))
                .findFirst()
                .ifPresent(word -> {
                    throw wrongParameters("mapped_key", "the spelling \"%s\" stands there twice".formatted(word));
                });
        return new MarkdownChecks.MappedKey(
                with.required("key").stringValue(), with.required("default").stringValue(), spellings);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }
}
