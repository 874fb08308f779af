package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.past.CachedPrompts;
import pantheon.night.past.CachedPrompts.Share;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Span;

/** How much of the prompts came from the models' caches: in one sentence, and by agent and model. */
final class PromptCache {
    private PromptCache() {}

    static List<Block> of(CachedPrompts prompts) {
        return List.of(Block.paragraph(sentence(prompts.all())), table(prompts));
    }

    static String sentence(Share all) {
        if (all.turns() == 0) {
            return "How much of the prompts came from the models' caches is not known: %s of servers that do not tell."
                            .formatted(turns(all.untold()))
                    + remedy();
        }
        var told = "Of %s of prompts, %s came from the models' caches and were not computed again."
                .formatted(Amount.of(all.prompt(), "token"), Amount.share(all.ratio()));
        return all.untold() == 0
                ? told
                : told + " Left out: %s of servers that do not tell.".formatted(turns(all.untold())) + remedy();
    }

    private static String turns(int count) {
        return Amount.of(count, "turn") + (count == 1 ? " is" : " are");
    }

    private static String remedy() {
        return " vLLM tells with --enable-prompt-tokens-details.";
    }

    private static Block table(CachedPrompts prompts) {
        var rows = new ArrayList<List<List<Span>>>();
        prompts.shares().forEach((key, share) -> rows.add(row(key, share)));
        return new Table(
                "Prompts from the cache, by agent and model",
                List.of(
                        Column.of("Agent"),
                        Column.of("Model"),
                        Column.number("Turns"),
                        Column.number("Tokens of prompts"),
                        Column.number("From the cache"),
                        Column.number("Share")),
                rows);
    }

    private static List<List<Span>> row(CachedPrompts.Key key, Share share) {
        boolean told = share.turns() > 0;
        return List.of(
                List.of(Span.code(key.agent() + "@" + key.version())),
                List.of(Span.code(key.model())),
                List.of(Span.text(Amount.of(share.turns() + share.untold()))),
                List.of(Span.text(told ? Amount.of(share.prompt()) : "–")),
                List.of(Span.text(told ? Amount.of(share.cached()) : "not told")),
                List.of(Span.text(told ? Amount.share(share.ratio()) : "–")));
    }
}
