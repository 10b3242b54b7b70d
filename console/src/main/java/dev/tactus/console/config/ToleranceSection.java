package dev.tactus.console.config;

import dev.tactus.ingest.run.Tolerance;
import dev.tactus.ingest.run.Tolerance.Allowance;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;

/// Reads `tolerance:`; what is not said keeps its default.
final class ToleranceSection {
    private ToleranceSection() {}

    static Tolerance read(Section yaml) {
        yaml.only("dead_letters", "parked", "awaiting_report");
        Tolerance otherwise = Tolerance.defaults();
        return new Tolerance(
                yaml.find("dead_letters").map(ToleranceSection::allowance).orElse(otherwise.deadLetters()),
                yaml.find("parked").map(ToleranceSection::allowance).orElse(otherwise.parked()),
                yaml.find("awaiting_report").map(ToleranceSection::allowance).orElse(otherwise.awaitingReport()));
    }

    /// A share of the planned items (`0.1%`, `0.001`), or their number (`0`, `25`).
    private static Allowance allowance(Value value) {
        String text = value.text().strip();
        return text.matches("[0-9]+")
                ? new Tolerance.Count(value.whole(0, 1_000_000_000L))
                : new Tolerance.Share(value.share().doubleValue());
    }
}
