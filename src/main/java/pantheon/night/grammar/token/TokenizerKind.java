package pantheon.night.grammar.token;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a {@code tokenizer.json} must be to be used: byte-level BPE that leaves texts as they are. */
final class TokenizerKind {
    /** What only says one character in another way. */
    private static final Set<String> NORMALIZERS = Set.of("Sequence", "NFC", "NFD", "NFKC", "NFKD", "ByteLevel");

    private record Rule(Predicate<JsonNode> broken, String why) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    json -> !json.path("model").path("type").asString("BPE").equals("BPE"),
                    "its model is another one than BPE (WordPiece, Unigram)"),
            new Rule(
                    json -> json.path("model").path("byte_fallback").asBoolean(false)
                            || kinds(json.path("pre_tokenizer")).contains("Metaspace")
                            || kinds(json.path("decoder")).contains("ByteFallback"),
                    "it is SentencePiece's (byte_fallback), as those of Llama 2, Mistral 7B and Gemma are"),
            new Rule(
                    json -> !kinds(json.path("decoder")).contains("ByteLevel"),
                    "its decoder has no part of type ByteLevel"),
            new Rule(
                    json -> !kinds(json.path("pre_tokenizer")).contains("ByteLevel")
                            && !kinds(json.path("normalizer")).contains("ByteLevel"),
                    "its pre-tokenizer has no part of type ByteLevel"),
            new Rule(
                    json -> parts(json.path("pre_tokenizer"))
                            .anyMatch(part -> part.path("add_prefix_space").asBoolean(false)),
                    "it puts a space in front of every text (add_prefix_space)"),
            new Rule(
                    json -> !json.path("model")
                                    .path("end_of_word_suffix")
                                    .asString("")
                                    .isEmpty()
                            || !json.path("model")
                                    .path("continuing_subword_prefix")
                                    .asString("")
                                    .isEmpty(),
                    "it marks where words begin or end (end_of_word_suffix, continuing_subword_prefix)"),
            new Rule(
                    json -> json.path("model").path("dropout").asDouble(0) > 0,
                    "it leaves merges out by chance (dropout)"),
            new Rule(
                    json -> !NORMALIZERS.containsAll(kinds(json.path("normalizer"))),
                    "its normalizer changes texts; only Unicode's forms (NFC and its like) may stand there"));

    private TokenizerKind() {}

    /** Why a tokenizer cannot be used; empty where it can. */
    static Optional<String> refusal(JsonNode tokenizer) {
        return RULES.stream()
                .filter(rule -> rule.broken().test(tokenizer))
                .map(Rule::why)
                .findFirst();
    }

    /** A part of a tokenizer, and those that it is made of. */
    private static Stream<JsonNode> parts(JsonNode part) {
        var inner = Stream.of("pretokenizers", "normalizers", "decoders")
                .flatMap(key -> part.path(key).valueStream());
        return Stream.concat(Stream.of(part), inner.flatMap(TokenizerKind::parts));
    }

    private static Set<String> kinds(JsonNode part) {
        var kinds = new TreeSet<String>();
        parts(part)
                .map(each -> each.path("type"))
                .filter(JsonNode::isString)
                .forEach(type -> kinds.add(type.stringValue()));
        return kinds;
    }
}
