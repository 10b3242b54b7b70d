package dev.tactus.console.reports;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.ledger.royalty.RejectedTotal;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.delivery.ImportOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/// Sales reports and what became of them, in words and as JSON.
final class ReportView {
    private static final int REASONS = 5;
    private static final String SAME = ", the same in the lake";

    private ReportView() {}

    static String kind(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported _ -> "imported";
            case ImportOutcome.Known _ -> "known";
            case ImportOutcome.Refused _ -> "refused";
        };
    }

    /// What became of a file, or would if it were imported.
    static List<String> of(ImportOutcome outcome, boolean checked) {
        List<String> lines = of(outcome);
        return checked && outcome instanceof ImportOutcome.Imported
                ? Stream.concat(
                                Stream.of(lines.getFirst().replaceFirst("^imported  ", "passes    ")),
                                lines.stream().skip(1).map(ReportView::wouldBe))
                        .toList()
                : lines;
    }

    /// Nothing is in the lake after a check.
    private static String wouldBe(String line) {
        return line.endsWith(SAME) ? line.substring(0, line.length() - SAME.length()) : line;
    }

    static List<String> of(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported imported -> of(imported);
            case ImportOutcome.Known known ->
                List.of("known     " + known.name(), "          " + known(known.report()));
            case ImportOutcome.Refused refused -> List.of("refused   " + refused.message());
        };
    }

    static String known(Report report) {
        return "the same content was imported as " + report.id() + " (" + report.name() + ")"
                + report.replacedBy()
                        .map(other -> " and replaced by " + other + "; to take it again: --replace " + other)
                        .orElse("; not counted again");
    }

    /// Where refunds stand among them, their net would say that nothing was lost.
    private static String rejected(RejectedTotal total, SortedMap<String, BigDecimal> turnover) {
        BigDecimal gross = turnover.getOrDefault(total.currency(), total.amount());
        String rows = HumanFormat.counted(total.rows(), "rejected row", "rejected rows");
        return gross.compareTo(total.amount()) == 0
                ? total.amount().toPlainString() + " " + total.currency() + " in " + rows
                : gross.stripTrailingZeros().toPlainString() + " " + total.currency() + " in " + rows
                        + ", counted without signs (with them " + total.amount().toPlainString() + ")";
    }

    private static List<String> of(ImportOutcome.Imported imported) {
        Report report = imported.report();
        List<String> lines = new ArrayList<>();
        lines.add("imported  " + imported.name());
        add(
                lines,
                report.id() + ": " + report.layout() + " from " + report.sender() + ", usage of " + days(report)
                        + (report.services().isEmpty() ? "" : " on " + String.join(", ", report.services())));
        add(
                lines,
                HumanFormat.counted(report.counts().read(), "row", "rows") + " read = "
                        + HumanFormat.count(report.counts().landed())
                        + " landed + "
                        + (report.counts().deductions() == 0
                                ? ""
                                : HumanFormat.counted(report.counts().deductions(), "deduction", "deductions") + " + ")
                        + HumanFormat.count(report.counts().rejected()) + " rejected + "
                        + HumanFormat.count(report.counts().skipped()) + " skipped");
        report.totals().forEach(total -> add(lines, money(total)));
        report.rejectedMoney().forEach(total -> add(lines, rejected(total, imported.rejectedTurnover())));
        if (report.rejectedUnreadable() > 0) {
            add(
                    lines,
                    HumanFormat.counted(report.rejectedUnreadable(), "rejected row has", "rejected rows have")
                            + " an amount that can't be read: "
                            + (report.rejectedUnreadable() == 1 ? "it is" : "they are") + " in no sum");
        }
        imported.deductions()
                .forEach((kind, sums) -> sums.forEach((currency, amount) -> add(
                        lines,
                        kind + ": " + amount.stripTrailingZeros().toPlainString() + " " + currency
                                + ", in the table deductions")));
        if (imported.totalsChecked() > 0 && imported.accepted().isEmpty()) {
            add(
                    lines,
                    HumanFormat.counted(imported.totalsChecked(), "total", "totals")
                            + " stated in the file "
                            + (imported.totalsChecked() == 1 ? "matches" : "match") + " its rows");
        }
        imported.accepted().forEach(difference -> add(lines, "accepted despite: " + difference));
        report.replaces().forEach(id -> add(lines, "replaces " + id + "; the rows of that one are no longer current"));
        imported.change().ifPresent(change -> add(lines, "old → new: " + change.words()));
        imported.warnings().forEach(warning -> add(lines, warning));
        imported.beside()
                .forEach(id -> add(lines, "counted in addition to " + id + ", which claims some of the same usage"));
        if (!imported.closed().isEmpty()) {
            add(
                    lines,
                    "contains usage of closed periods (" + String.join(", ", imported.closed())
                            + "); they stay as closed, and differences become adjustments");
        }
        imported.notes()
                .forEach((note, count) -> add(lines, HumanFormat.count(count) + " " + (count == 1 ? one(note) : note)));
        imported.reasons().stream()
                .limit(REASONS)
                .forEach(reason ->
                        add(lines, "rejected " + HumanFormat.count(reason.getValue()) + ": " + reason.getKey()));
        if (imported.reasons().size() > REASONS) {
            add(
                    lines,
                    "more reasons: tactus query \"SELECT line, field, reason, raw FROM sales_rejects WHERE"
                            + " report_id = '" + report.id() + "'\"");
        }
        return lines;
    }

    /// A note about many as one about a single row or sheet.
    private static String one(String note) {
        return note.replaceFirst("^rows ", "row ")
                .replaceFirst("^sheets ", "sheet ")
                .replaceFirst("whose rows they go on with", "whose rows it goes on with");
    }

    static String decision(ReportDecision decision) {
        return decision.subject().label() + " '" + decision.text() + "'"
                + (decision.sender().isEmpty() ? "" : " of " + decision.sender()) + " is " + decision.meaning();
    }

    private static void add(List<String> lines, String line) {
        lines.add("          " + line);
    }

    private static String money(ReportTotal total) {
        String sum = total.reported().toPlainString() + " " + total.currency() + " in "
                + HumanFormat.counted(total.rows(), "amount", "amounts");
        return total.rounded() == 0
                ? sum + SAME
                : sum + "; " + HumanFormat.count(total.rounded())
                        + " of them have more than 18 decimals and were rounded half to even, "
                        + total.landed().toPlainString() + " in all (net_revenue_reported keeps them as they stand)";
    }

    static String days(Report report) {
        return report.usageStart()
                .flatMap(from -> report.usageEnd().map(to -> from + ".." + to))
                .orElse("no days");
    }
}
