package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.journal.NightEvent.Evidence;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Commands;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.EgressRecord;
import pantheon.night.report.record.NightRecord;

/** What the night can be trusted on: the evidence that no network was reached, signatures, models. */
public final class ProofSection {
    private ProofSection() {}

    public static Section of(ReportSource source) {
        var night = source.night();
        var blocks = new ArrayList<Block>();
        if (night.proofs().isEmpty()) {
            blocks.add(Block.note(
                    Tone.BAD,
                    "The journal has no evidence that egress was denied. Run pantheon-night doctor on that machine."));
        }
        night.proofs().stream()
                .filter(proof -> !proof.evidence().isEmpty())
                .forEach(proof -> blocks.add(evidence(source, proof)));
        long unchanged = night.proofs().stream()
                .filter(proof -> proof.evidence().isEmpty())
                .count();
        if (unchanged > 0) {
            blocks.add(Block.paragraph("Looked at again before %s; nothing had changed."
                    .formatted(Amount.of(unchanged, "call") + " of a command tool")));
        }
        if (night.signers().isEmpty()) {
            blocks.add(
                    Block.paragraph(
                            "Unsigned: nothing but the chain of hashes shows whether the journal was changed, and who can write it can write the chain anew."));
        } else {
            blocks.add(new Block.Paragraph(Tone.PLAIN, keys(night)));
            blocks.add(Block.paragraph("The signatures are not checked here. To check them:"));
            blocks.add(new Commands(List.of("pantheon-night verify " + ShellWord.of(night.run()))));
        }
        blocks.add(models(night));
        return new Section("proof", "Proof", blocks);
    }

    private static List<Span> keys(NightRecord night) {
        var spans = new ArrayList<Span>();
        spans.add(Span.text("Statements are signed with "));
        night.signers().forEach(key -> {
            spans.add(Span.code(key));
            spans.add(Span.text(" "));
        });
        return spans;
    }

    private static Block evidence(ReportSource source, EgressRecord proof) {
        var rows = new ArrayList<List<List<Span>>>();
        proof.evidence()
                .forEach(item -> rows.add(List.of(
                        List.of(Span.text(item.check().replace('_', ' '))),
                        List.of(Span.text(item.expected())),
                        List.of(Span.text(item.found())),
                        List.of(held(item)))));
        var when = switch (proof.moment()) {
            case START -> "before the night";
            case RESUME -> "before it went on";
            case COMMAND_TOOL -> "inside a command tool";
        };
        var at = Amount.clock(proof.time(), source.places().zone());
        return new Fold(
                !proof.holds(),
                List.of(Span.text("Egress was tried %s, at %s: %s"
                        .formatted(when, at, Amount.of(proof.evidence().size(), "check")))),
                List.of(new Table(
                        "Evidence %s, at %s".formatted(when, at),
                        List.of(Column.of("Tried"), Column.of("Expected"), Column.of("Found"), Column.of("Holds")),
                        rows)));
    }

    private static Span held(Evidence item) {
        if (item.holds()) {
            return new Span.Mark(Tone.GOOD, "yes");
        }
        return item.required() ? new Span.Mark(Tone.BAD, "no") : Span.text("no, and need not");
    }

    private static Block models(NightRecord night) {
        var rows = new ArrayList<List<List<Span>>>();
        night.models()
                .forEach((name, digest) -> rows.add(List.of(List.of(Span.code(name)), List.of(Span.code(digest)))));
        return new Table("Models", List.of(Column.of("Model"), Column.of("Digest, SHA-256")), rows);
    }
}
