package dev.tactus.reconcile.files;

import java.util.List;

/// The columns of the files for people, in their order: CSV and spreadsheet have the same.
public final class FileColumns {
    /// What a column holds.
    public enum Kind {
        TEXT,
        WHOLE,
        DECIMAL,
        /// A decimal that people read as a percentage.
        SHARE,
        DATE,
        TEXTS,
        MONEY
    }

    /// A column of a table and of the file.
    public record Column(String name, Kind kind) {
        /// As a person reads it.
        public String heading() {
            return switch (name) {
                case "isrc" -> "ISRC";
                case "usage_type" -> "Usage";
                case "api_count" -> "API count";
                case "report_count" -> "Reported count";
                case "variance" -> "Difference";
                case "variance_relative" -> "Difference as share of API";
                case "payable_count" -> "Payable count";
                case "report_revenue" -> "Reported money";
                case "revenues" -> "Money by currency";
                case "home_revenue" -> "Money in home currency";
                case "no_rate_for" -> "No rate for";
                case "api_days" -> "Days the API counted";
                case "report_from" -> "First day reported";
                case "report_to" -> "Last day reported";
                case "api_snapshot_id" -> "API snapshot";
                case "run_ids" -> "Runs";
                case "report_ids" -> "Reports";
                case "corrects" -> "Corrects period";
                case "close_id" -> "Close";
                default ->
                    (Character.toUpperCase(name.charAt(0)) + name.substring(1))
                            .replaceAll("_id$", "")
                            .replace('_', ' ');
            };
        }

        /// The elements of a list as one text, in SQL; [CanonicalCsv#plainDecimals] is called before.
        public String text() {
            return switch (kind) {
                case TEXTS -> "array_to_string(" + name + ", ' ')";
                case MONEY ->
                    "array_to_string(list_transform(" + name
                            + ", lambda r: r.currency || ':' || csv_decimal(r.amount)), ' ')";
                case TEXT, WHOLE, DECIMAL, SHARE, DATE -> name;
            };
        }
    }

    /// The columns of `reconciled`, as a person reads them.
    public static final List<Column> RECONCILED = List.of(
            new Column("source", Kind.TEXT),
            new Column("period", Kind.TEXT),
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("artists", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("usage_type", Kind.TEXT),
            new Column("api_count", Kind.WHOLE),
            new Column("report_count", Kind.WHOLE),
            new Column("variance", Kind.DECIMAL),
            new Column("variance_relative", Kind.SHARE),
            new Column("status", Kind.TEXT),
            new Column("payable_count", Kind.WHOLE),
            new Column("basis", Kind.TEXT),
            new Column("finality", Kind.TEXT),
            new Column("currency", Kind.TEXT),
            new Column("report_revenue", Kind.DECIMAL),
            new Column("revenues", Kind.MONEY),
            new Column("explanation", Kind.TEXT),
            new Column("api_days", Kind.WHOLE),
            new Column("report_from", Kind.DATE),
            new Column("report_to", Kind.DATE),
            new Column("run_ids", Kind.TEXTS),
            new Column("report_ids", Kind.TEXTS),
            new Column("api_snapshot_id", Kind.WHOLE),
            new Column("report_snapshot_id", Kind.WHOLE),
            new Column("reconciliation_id", Kind.TEXT));

    /// The columns of `adjustments`.
    public static final List<Column> ADJUSTMENTS = List.of(
            new Column("source", Kind.TEXT),
            new Column("period", Kind.TEXT),
            new Column("corrects", Kind.TEXT),
            new Column("close_id", Kind.TEXT),
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("artists", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("usage_type", Kind.TEXT),
            new Column("closed_count", Kind.WHOLE),
            new Column("booked_count", Kind.WHOLE),
            new Column("restated_count", Kind.WHOLE),
            new Column("payable_count", Kind.WHOLE),
            new Column("basis", Kind.TEXT),
            new Column("currency", Kind.TEXT),
            new Column("report_revenue", Kind.DECIMAL),
            new Column("revenues", Kind.MONEY),
            new Column("explanation", Kind.TEXT),
            new Column("run_ids", Kind.TEXTS),
            new Column("report_ids", Kind.TEXTS),
            new Column("reconciliation_id", Kind.TEXT));

    private FileColumns() {}
}
