package dev.tactus.console.reports;

import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.reports.delivery.ImportOutcome;
import dev.tactus.reports.gate.SizeChange;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sales reports and what became of them, as JSON.
final class ReportJson {
    private ReportJson() {}

    /// What became of one file, or would if it were imported: `passes` then, and no report yet.
    static JsonObject file(ImportOutcome outcome, boolean checked) {
        JsonObject fields = file(outcome);
        return checked && outcome instanceof ImportOutcome.Imported
                ? fields.put("status", "passes").put("report_id", null)
                : fields;
    }

    /// What became of one file.
    static JsonObject file(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Imported imported ->
                verdict(outcome, imported.report().accepted().orElse(null), imported.report(), true)
                        .put("change", imported.change().map(ReportJson::change).orElse(null))
                        .put("warnings", imported.warnings())
                        .putAll(fields(imported.report(), false))
                        .put("deducted_money", deducted(imported))
                        .put("totals_checked", imported.totalsChecked())
                        .put("objections", imported.accepted())
                        .put("beside", imported.beside())
                        .put("closed", imported.closed())
                        .put("notes", imported.notes())
                        .put(
                                "rejects",
                                imported.reasons().stream()
                                        .map(reason -> JsonObject.of("reason", reason.getKey())
                                                .put("rows", reason.getValue()))
                                        .toList());
            case ImportOutcome.Known known ->
                verdict(outcome, ReportView.known(known.report()), known.report(), true)
                        .putAll(fields(known.report(), false));
            case ImportOutcome.Refused refused ->
                verdict(outcome, refused.message(), refused.report().orElse(null), false)
                        .put("change", refused.change().map(ReportJson::change).orElse(null));
        };
    }

    private static JsonObject verdict(
            ImportOutcome outcome, @Nullable String reason, @Nullable Report report, boolean isInLake) {
        Optional<Report> read = Optional.ofNullable(report);
        return JsonObject.of("file", outcome.name())
                .put("status", ReportView.kind(outcome))
                .put("reason", reason)
                .put("report_id", read.filter(_ -> isInLake).map(Report::id).orElse(null))
                .put("layout", read.map(Report::layout).orElse(null))
                .put("read", read.map(r -> r.counts().read()).orElse(null))
                .put("landed", read.map(r -> r.counts().landed()).orElse(null))
                .put("rejected", read.map(r -> r.counts().rejected()).orElse(null))
                .put("skipped", read.map(r -> r.counts().skipped()).orElse(null))
                .put("money", read.map(ReportJson::money).orElseGet(JsonObject::new))
                .put("rejected_money", read.map(ReportJson::rejectedMoney).orElseGet(JsonObject::new))
                .put(
                        "replaces",
                        read.filter(r -> !r.replaces().isEmpty())
                                .map(r -> String.join(", ", r.replaces()))
                                .orElse(null))
                .put("deductions", read.map(r -> r.counts().deductions()).orElse(null))
                .put("rejected_unreadable", read.map(Report::rejectedUnreadable).orElse(null));
    }

    private static JsonObject money(Report report) {
        JsonObject money = new JsonObject();
        report.totals().forEach(total -> money.put(total.currency(), plain(total.reported())));
        return money;
    }

    private static JsonObject deducted(ImportOutcome.Imported imported) {
        JsonObject kinds = new JsonObject();
        imported.deductions().forEach((kind, sums) -> {
            JsonObject money = new JsonObject();
            sums.forEach((currency, amount) -> money.put(currency, plain(amount)));
            kinds.put(kind, money);
        });
        return kinds;
    }

    private static JsonObject rejectedMoney(Report report) {
        JsonObject money = new JsonObject();
        report.rejectedMoney().forEach(total -> money.put(total.currency(), plain(total.amount())));
        return money;
    }

    private static JsonObject change(SizeChange change) {
        return JsonObject.of("old", size(change.before())).put("new", size(change.after()));
    }

    private static JsonObject size(SalesSize size) {
        JsonObject money = new JsonObject();
        size.money().forEach((currency, amount) -> money.put(currency, plain(amount)));
        return JsonObject.of("rows", size.rows()).put("units", size.units()).put("money", money);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /// A report as the ledger has it.
    static JsonObject fields(Report report) {
        return fields(report, true);
    }

    /// @param alone false where the verdict about the file says some of it already
    private static JsonObject fields(Report report, boolean alone) {
        JsonObject fields = new JsonObject();
        if (alone) {
            fields.put("report_id", report.id());
        }
        fields.put("state", report.state().label())
                .put("name", report.name())
                .put("sha256", report.sha256())
                .put("bytes", report.bytes());
        if (alone) {
            fields.put("layout", report.layout());
        }
        fields.put("sender", report.sender())
                .put("services", report.services())
                .put("part", report.part())
                .put("usage_start", report.usageStart())
                .put("usage_end", report.usageEnd());
        if (alone) {
            fields.put("read", report.counts().read())
                    .put("landed", report.counts().landed())
                    .put("deductions", report.counts().deductions())
                    .put("rejected", report.counts().rejected())
                    .put("skipped", report.counts().skipped())
                    .put("rejected_money", rejectedMoney(report))
                    .put("rejected_unreadable", report.rejectedUnreadable());
        }
        fields.put("totals", report.totals().stream().map(ReportJson::total).toList());
        if (alone) {
            fields.put("replaces", report.replaces());
        }
        return fields.put("replaced_by", report.replacedBy())
                .put("accepted", report.accepted())
                .put("imported_at", report.at());
    }

    /// What a person decided that a text means.
    static JsonObject decision(ReportDecision decision) {
        return JsonObject.of("subject", decision.subject().label())
                .put("text", decision.text())
                .put("meaning", decision.meaning())
                .put("sender", decision.sender().isEmpty() ? null : decision.sender())
                .put("decided_by", decision.by())
                .put("decided_at", decision.at())
                .put(
                        "revoked_by",
                        decision.revoked().map(ReportDecision.Revocation::by).orElse(null))
                .put(
                        "revoked_at",
                        decision.revoked().map(ReportDecision.Revocation::at).orElse(null));
    }

    private static JsonObject total(ReportTotal total) {
        return JsonObject.of("currency", total.currency())
                .put("rows", total.rows())
                .put("rounded", total.rounded())
                .put("reported", total.reported().toPlainString())
                .put("landed", total.landed().toPlainString());
    }
}
