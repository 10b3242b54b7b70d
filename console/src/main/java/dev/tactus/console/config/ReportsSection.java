package dev.tactus.console.config;

import dev.tactus.reconcile.statements.StatementRule;
import dev.tactus.reports.gate.GateRules;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How sales reports are taken: `reports:`, and `remittances:` beside it.
///
/// @param ownLayouts the folder of one's own layouts
/// @param rules how much of a delivery may be missing
/// @param calendar which sender owes what by when; what is not said is learned
/// @param remittances the file that says what was paid for statements
public record ReportsSection(
        Optional<Path> ownLayouts, GateRules rules, Optional<Path> remittances, List<StatementRule> calendar) {
    static ReportsSection read(Section yaml, Path folder) {
        Optional<Section> reports = yaml.find("reports").map(Value::section);
        reports.ifPresent(section -> section.only("layouts", "falls", "rejected_money", "remittances", "calendar"));
        GateRules otherwise = GateRules.defaults();
        return new ReportsSection(
                reports.flatMap(section -> section.find("layouts")).map(v -> Configuration.path(v, folder)),
                new GateRules(
                        reports.flatMap(section -> section.find("falls"))
                                .map(Value::share)
                                .orElse(otherwise.falls()),
                        reports.flatMap(section -> section.find("rejected_money"))
                                .map(Value::share)
                                .orElse(otherwise.rejectedMoney())),
                yaml.find("remittances")
                        .or(() -> reports.flatMap(section -> section.find("remittances")))
                        .map(v -> Configuration.path(v, folder)),
                reports.flatMap(section -> section.find("calendar"))
                        .map(StatementRule::read)
                        .orElse(List.of()));
    }
}
