package dev.tactus.console.periods;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.reconcile.explain.CellExplanation;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An explained cell, for people and programs.
final class ExplanationView {
    private ExplanationView() {}

    static List<String> lines(CellExplanation cell) {
        List<String> lines = new ArrayList<>();
        lines.add(cell.source() + " " + cell.period() + " " + cell.isrc() + " " + cell.territory() + " " + cell.usage()
                + ": " + HumanFormat.count(cell.payableCount()) + " payable (" + cell.basis() + ", "
                + cell.finality() + ")" + (cell.title().isEmpty() ? "" : "  " + cell.title()));
        lines.add("  " + cell.status() + ": " + cell.explanation());
        lines.add("  "
                + cell.closeId()
                        .map(id -> "as closed, " + id)
                        .or(() -> cell.reopened().map(how -> how + "; shown is what was reconciled last"))
                        .orElse("not closed yet"));
        lines.add("  API: " + cell.apiCount().map(HumanFormat::count).orElse("no count"));
        for (ApiDay day : cell.days()) {
            lines.add("    " + day.day() + " " + day.territory() + " " + HumanFormat.count(day.count()) + "  track "
                    + day.trackId() + ", fetched " + day.fetchedAt() + " by " + day.runId());
            lines.add("      " + day.request().orElse("(its payload is no longer in the lake)") + "  sha256 "
                    + day.payloadSha256());
        }
        lines.add("  reports: " + cell.reportCount().map(HumanFormat::count).orElse("no count"));
        for (StatementRow row : cell.rows()) {
            lines.add("    " + row.file().orElse(row.reportId()) + " line " + row.line() + ": "
                    + HumanFormat.count(row.quantity())
                    + row.revenue()
                            .map(money -> ", " + money.stripTrailingZeros().toPlainString())
                            .orElse("")
                    + row.currency().map(currency -> " " + currency).orElse("")
                    + ", " + row.from() + ".." + row.to() + " " + row.service()
                    + (row.counted() ? "" : " (left out: " + row.place() + ")"));
            lines.add("      " + row.raw().orElse("(its text was let go)"));
        }
        cell.notes().forEach(note -> lines.add("  note: " + note));
        lines.add(cell.addsUp() ? "  it adds up" : "  " + differs(cell));
        return lines;
    }

    private static String differs(CellExplanation cell) {
        return "its parts do not add up to the count shown: "
                + (cell.closeId().isPresent()
                        ? "tactus audit looks for the reason"
                        : "tactus reconcile --period " + cell.period() + " counts them again");
    }

    static JsonObject fields(CellExplanation cell) {
        return JsonObject.of("source", cell.source())
                .put("territory", cell.territory())
                .put("usage_type", cell.usage())
                .put("title", cell.title())
                .put("close_id", cell.closeId())
                .put("reopened", cell.reopened())
                .put("payable_count", cell.payableCount())
                .put("basis", cell.basis())
                .put("finality", cell.finality())
                .put("status", cell.status())
                .put("explanation", cell.explanation())
                .put("api_count", cell.apiCount())
                .put("report_count", cell.reportCount())
                .put("adds_up", cell.addsUp())
                .put("notes", cell.notes())
                .put("payloads", cell.days().stream().map(ExplanationView::day).toList())
                .put(
                        "statement_rows",
                        cell.rows().stream().map(ExplanationView::row).toList());
    }

    private static JsonObject day(ApiDay day) {
        return JsonObject.of("day", day.day())
                .put("territory", day.territory())
                .put("track_id", day.trackId())
                .put("count", day.count())
                .put("payload_sha256", day.payloadSha256())
                .put("endpoint", day.endpoint())
                .put("request", day.request())
                .put("fetched_at", day.fetchedAt())
                .put("run_id", day.runId());
    }

    private static JsonObject row(StatementRow row) {
        return JsonObject.of("file", row.file())
                .put("file_sha256", row.fileSha256())
                .put("report_id", row.reportId())
                .put("line", row.line())
                .put("quantity", row.quantity())
                .put("currency", row.currency())
                .put(
                        "net_revenue",
                        row.revenue().map(money -> money.stripTrailingZeros().toPlainString()))
                .put("service", row.service())
                .put("usage_start", row.from())
                .put("usage_end", row.to())
                .put("counted", row.counted())
                .put("left_out", row.counted() ? Optional.empty() : Optional.of(row.place()))
                .put("raw", row.raw());
    }
}
