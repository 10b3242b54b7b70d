package dev.tactus.console.reports;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.delivery.ImportOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sales reports and what became of them, in words and as JSON.
final class ReportView {
    private static final int REASONS = 5;

    private ReportView() {}

    static String kind(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported _ -> "imported";
            case ImportOutcome.Known _ -> "known";
            case ImportOutcome.Refused _ -> "refused";
        };
    }

    static List<String> of(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported imported -> of(imported);
            case ImportOutcome.Known known ->
                List.of(
                        "known     " + known.name(),
                        "          the same content is in the lake as "
                                + known.report().id() + " (" + known.report().name() + "); not counted twice");
            case ImportOutcome.Refused refused -> List.of("refused   " + refused.message());
        };
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
                HumanFormat.count(report.counts().read()) + " rows read = "
                        + HumanFormat.count(report.counts().landed())
                        + " landed + " + HumanFormat.count(report.counts().rejected()) + " rejected + "
                        + HumanFormat.count(report.counts().skipped()) + " skipped");
        report.totals().forEach(total -> add(lines, money(total)));
        if (imported.totalsChecked() > 0 && imported.accepted().isEmpty()) {
            add(
                    lines,
                    HumanFormat.counted(imported.totalsChecked(), "total", "totals") + " that it states fit its rows");
        }
        imported.accepted().forEach(difference -> add(lines, "accepted although " + difference));
        report.replaces().forEach(id -> add(lines, "takes the place of " + id + ", whose rows are out now"));
        imported.beside().forEach(id -> add(lines, "stands beside " + id + ", which claims some of the same"));
        if (!imported.closed().isEmpty()) {
            add(
                    lines,
                    "is about closed periods (" + String.join(", ", imported.closed())
                            + "), which stay as they were; what differs becomes an adjustment");
        }
        imported.notes().forEach((note, count) -> add(lines, HumanFormat.count(count) + " " + note));
        imported.reasons().stream()
                .limit(REASONS)
                .forEach(reason ->
                        add(lines, "rejected " + HumanFormat.count(reason.getValue()) + ": " + reason.getKey()));
        if (imported.reasons().size() > REASONS) {
            add(
                    lines,
                    "and for other reasons: tactus query \"SELECT line, field, reason, raw FROM sales_rejects WHERE"
                            + " report_id = '" + report.id() + "'\"");
        }
        return lines;
    }

    private static void add(List<String> lines, String line) {
        lines.add("          " + line);
    }

    private static String money(ReportTotal total) {
        String sum = total.reported().toPlainString() + " " + total.currency() + " in "
                + HumanFormat.counted(total.rows(), "amount", "amounts");
        return total.rounded() == 0
                ? sum + ", the same in the lake"
                : sum + "; " + HumanFormat.count(total.rounded())
                        + " of them with more than 18 decimals, rounded half to even to "
                        + total.landed().toPlainString() + " in all (net_revenue_reported keeps them as they stand)";
    }

    static String days(Report report) {
        return report.usageStart()
                .flatMap(from -> report.usageEnd().map(to -> from + ".." + to))
                .orElse("no days");
    }

    static Map<String, @Nullable Object> fields(ImportOutcome outcome) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", outcome.name());
        fields.put("outcome", kind(outcome));
        switch (outcome) {
            case ImportOutcome.Imported imported -> {
                fields.putAll(fields(imported.report()));
                fields.put("totals_checked", imported.totalsChecked());
                fields.put("accepted", imported.accepted());
                fields.put("beside", imported.beside());
                fields.put("closed", imported.closed());
                fields.put("notes", imported.notes());
                fields.put(
                        "rejects",
                        imported.reasons().stream()
                                .map(reason -> Map.of("reason", reason.getKey(), "rows", reason.getValue()))
                                .toList());
            }
            case ImportOutcome.Known known -> fields.putAll(fields(known.report()));
            case ImportOutcome.Refused refused -> fields.put("error", refused.message());
        }
        return fields;
    }

    static Map<String, @Nullable Object> fields(Report report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("report_id", report.id());
        fields.put("state", report.state().label());
        fields.put("name", report.name());
        fields.put("sha256", report.sha256());
        fields.put("bytes", report.bytes());
        fields.put("layout", report.layout());
        fields.put("sender", report.sender());
        fields.put("services", report.services());
        fields.put("part", report.part());
        fields.put("usage_start", report.usageStart().orElse(null));
        fields.put("usage_end", report.usageEnd().orElse(null));
        fields.put("read", report.counts().read());
        fields.put("landed", report.counts().landed());
        fields.put("rejected", report.counts().rejected());
        fields.put("skipped", report.counts().skipped());
        fields.put(
                "totals",
                report.totals().stream()
                        .map(total -> Map.of(
                                "currency",
                                total.currency(),
                                "rows",
                                total.rows(),
                                "rounded",
                                total.rounded(),
                                "reported",
                                total.reported().toPlainString(),
                                "landed",
                                total.landed().toPlainString()))
                        .toList());
        fields.put("replaces", report.replaces());
        fields.put("replaced_by", report.replacedBy().orElse(null));
        fields.put("imported_at", report.at());
        return fields;
    }
}
