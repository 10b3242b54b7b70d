package dev.tactus.lake.table;

import static dev.tactus.lake.table.LakeColumns.amount;
import static dev.tactus.lake.table.LakeColumns.artists;
import static dev.tactus.lake.table.LakeColumns.bytes;
import static dev.tactus.lake.table.LakeColumns.count;
import static dev.tactus.lake.table.LakeColumns.day;
import static dev.tactus.lake.table.LakeColumns.flag;
import static dev.tactus.lake.table.LakeColumns.moment;
import static dev.tactus.lake.table.LakeColumns.revenues;
import static dev.tactus.lake.table.LakeColumns.small;
import static dev.tactus.lake.table.LakeColumns.text;
import static dev.tactus.lake.table.LakeColumns.texts;

import dev.tactus.music.Dataset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// The lake's tables: their columns with field ids that never change, their keys and partitions.
///
/// A new column takes the next free id, at the end; ids are never reused. Columns of the key, which are the tables'
/// identifier fields, and of the partitions are required, all others optional.
@SuppressWarnings("ImmutableEnumChecker") // lists made by List.of, which the checker does not know
public enum LakeTable {
    TRACKS(
            Dataset.TRACKS,
            List.of("source", "isrc", "track_id", "day"),
            List.of("source", "day"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "track_id"),
            day(4, "day"),
            text(5, "title"),
            artists(6, "artists", 15),
            count(7, "duration_ms"),
            flag(8, "explicit"),
            text(9, "album_id"),
            text(10, "album_title"),
            text(11, "release_date"),
            text(12, "run_id"),
            text(13, "payload_sha256"),
            moment(14, "fetched_at")),

    DAILY_STREAMS(
            Dataset.STREAMS,
            List.of("source", "isrc", "track_id", "territory", "day"),
            List.of("source", "day"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "track_id"),
            text(4, "territory"),
            day(5, "day"),
            count(6, "stream_count"),
            text(7, "run_id"),
            text(8, "payload_sha256"),
            moment(9, "fetched_at")),

    DAILY_LISTENERS(
            Dataset.LISTENERS,
            List.of("source", "isrc", "track_id", "territory", "day"),
            List.of("source", "day"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "track_id"),
            text(4, "territory"),
            day(5, "day"),
            count(6, "listener_count"),
            text(7, "run_id"),
            text(8, "payload_sha256"),
            moment(9, "fetched_at")),

    LISTENER_DEMOGRAPHICS(
            Dataset.LISTENERS,
            List.of("source", "isrc", "track_id", "territory", "day", "age", "gender"),
            List.of("source", "day"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "track_id"),
            text(4, "territory"),
            day(5, "day"),
            text(6, "age"),
            text(7, "gender"),
            count(8, "listener_count"),
            text(9, "run_id"),
            text(10, "payload_sha256"),
            moment(11, "fetched_at")),

    /// Bodies are binary, for a body need not be UTF-8 and its digest must hold; `decode(body)` is its text in SQL.
    PAYLOADS(
            null,
            List.of("payload_sha256", "request", "fetched_at"),
            List.of("source"),
            text(1, "payload_sha256"),
            text(2, "request"),
            moment(3, "fetched_at"),
            text(4, "source"),
            text(5, "endpoint"),
            small(6, "http_status"),
            bytes(7, "body"),
            text(8, "run_id")),

    /// Rows of sales reports that could not be taken, with the reason. It stands before `sales`, whose commit decides
    /// whether a report has landed.
    SALES_REJECTS(
            null,
            List.of("report_id", "line"),
            List.of(),
            text(1, "report_id"),
            count(2, "line"),
            text(3, "field"),
            text(4, "reason"),
            text(5, "raw")),

    /// What a report takes off the label's money, or carries forward, and what is no usage: withholding, fees,
    /// advances,
    /// recoupment. `heading` is the column that it stood in, beside a row of `sales`; null where the row is nothing
    /// else. Amounts have the sign that the report gives them.
    DEDUCTIONS(
            null,
            List.of("report_id", "line", "kind"),
            List.of(),
            text(1, "report_id"),
            count(2, "line"),
            text(3, "kind"),
            text(4, "sender"),
            text(5, "heading"),
            text(6, "description"),
            text(7, "statement_period"),
            text(8, "currency"),
            amount(9, "amount"),
            text(10, "amount_reported"),
            text(11, "raw")),

    /// One row of a sales report each. `usage_start` to `usage_end` are the days it is about, the last one
    /// included; `statement_period` is the statement it came with. `usage_key` stands where there is no ISRC: it is
    /// what such usage has in common. `territory_reported` stands where the territory is `ZZ` and the report says
    /// something: a group, or what nobody knows. `net_revenue` is `net_revenue_reported` as a decimal, rounded half
    /// to even beyond 18 places.
    SALES(
            null,
            List.of("report_id", "line"),
            List.of(),
            text(1, "report_id"),
            count(2, "line"),
            text(3, "sender"),
            text(4, "service"),
            text(5, "isrc"),
            text(6, "upc"),
            text(7, "territory"),
            text(8, "usage_type"),
            day(9, "usage_start"),
            day(10, "usage_end"),
            text(11, "statement_period"),
            count(12, "quantity"),
            text(13, "currency"),
            amount(14, "net_revenue"),
            text(15, "net_revenue_reported"),
            amount(16, "exchange_rate"),
            text(17, "raw"),
            text(18, "title"),
            text(19, "artist"),
            text(20, "usage_key"),
            text(21, "territory_reported"),
            text(22, "label"),
            text(23, "catalogue_number"),
            text(24, "subscription_type"),
            amount(25, "gross"),
            amount(26, "unit_price"),
            amount(27, "fee"),
            amount(28, "tax"),
            amount(29, "share")),

    /// What people decided about usage that the catalog does not know (written from the ledger, which decides):
    /// `usage_key` equals `coalesce(isrc, usage_key)` of `sales`; `isrc` is null where the usage is not ours.
    USAGE_MATCHES(
            null,
            List.of("usage_key"),
            List.of(),
            text(1, "usage_key"),
            text(2, "isrc"),
            text(3, "decided_by"),
            moment(4, "decided_at")),

    /// What people decided that texts in reports mean (written from the ledger, which decides): territories, stores,
    /// kinds of usage, lines that are no usage. `sender` is empty where it holds for everybody's reports.
    REPORT_DECISIONS(
            null,
            List.of("subject", "sender", "text", "decided_at"),
            List.of(),
            text(1, "subject"),
            text(2, "sender"),
            text(3, "text"),
            moment(4, "decided_at"),
            text(5, "meaning"),
            text(6, "decided_by"),
            text(7, "revoked_by"),
            moment(8, "revoked_at")),

    DRIFT(
            null,
            List.of("id"),
            List.of(),
            text(1, "id"),
            text(2, "source"),
            text(3, "isrc"),
            text(4, "field"),
            text(5, "expected"),
            text(6, "found"),
            text(7, "severity"),
            text(8, "state"),
            moment(9, "detected_at")),

    DEAD_LETTERS(
            null,
            List.of("id"),
            List.of(),
            text(1, "id"),
            text(2, "run_id"),
            text(3, "source"),
            text(4, "endpoint"),
            text(5, "isrc"),
            text(6, "reason"),
            text(7, "pointer"),
            text(8, "payload_sha256"),
            text(9, "state")),

    /// One row for each recording, territory and kind of usage that either side counted in a period; docs/reconcile.md
    /// describes every column.
    RECONCILED(
            null,
            List.of("source", "isrc", "territory", "usage_type", "period"),
            List.of("source", "period"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "territory"),
            text(4, "usage_type"),
            text(5, "period"),
            count(6, "api_count"),
            count(7, "report_count"),
            count(8, "payable_count"),
            text(9, "basis"),
            text(10, "finality"),
            amount(11, "variance"),
            text(12, "status"),
            text(13, "currency"),
            amount(14, "report_revenue"),
            amount(15, "variance_relative"),
            text(16, "explanation"),
            text(17, "title"),
            text(18, "artists"),
            count(19, "api_days"),
            day(20, "report_from"),
            day(21, "report_to"),
            revenues(22, "revenues", 28),
            texts(23, "run_ids", 31),
            texts(24, "report_ids", 32),
            count(25, "api_snapshot_id"),
            count(26, "report_snapshot_id"),
            text(27, "reconciliation_id")),

    /// What a closed period would come to today, less what it was closed with: counted in a later, open period.
    ADJUSTMENTS(
            null,
            List.of("source", "isrc", "territory", "usage_type", "corrects", "period"),
            List.of("source", "period"),
            text(1, "source"),
            text(2, "isrc"),
            text(3, "territory"),
            text(4, "usage_type"),
            text(5, "corrects"),
            text(6, "period"),
            text(7, "close_id"),
            count(8, "closed_count"),
            count(9, "booked_count"),
            count(10, "restated_count"),
            count(11, "payable_count"),
            text(12, "basis"),
            text(13, "currency"),
            amount(14, "report_revenue"),
            text(15, "explanation"),
            text(16, "title"),
            text(17, "artists"),
            revenues(18, "revenues", 22),
            texts(19, "run_ids", 25),
            texts(20, "report_ids", 26),
            text(21, "reconciliation_id"));

    private final @Nullable Dataset dataset;
    private final List<String> key;
    private final List<String> partitionedBy;
    private final List<NestedField> fields;

    LakeTable(@Nullable Dataset dataset, List<String> key, List<String> partitionedBy, NestedField... fields) {
        this.dataset = dataset;
        this.key = key;
        this.partitionedBy = partitionedBy;
        this.fields = Arrays.stream(fields)
                .map(field ->
                        key.contains(field.name()) || partitionedBy.contains(field.name()) ? field.asRequired() : field)
                .toList();
    }

    /// The table's name in SQL and in the catalog.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What its rows were fetched as; absent where they are not a recording's metrics.
    public Optional<Dataset> dataset() {
        return Optional.ofNullable(dataset);
    }

    /// The columns that no two rows agree in.
    public List<String> key() {
        return key;
    }

    /// Identity partitions, in order; empty where there are none.
    public List<String> partitionedBy() {
        return partitionedBy;
    }

    public List<String> columns() {
        return fields.stream().map(NestedField::name).toList();
    }

    /// The tables that a dataset's rows land in.
    public static Set<LakeTable> of(Dataset dataset) {
        EnumSet<LakeTable> tables = EnumSet.noneOf(LakeTable.class);
        tables.addAll(Arrays.stream(values()).filter(t -> t.dataset == dataset).toList());
        return tables;
    }

    public List<NestedField> fields() {
        return fields;
    }

    public Schema schema() {
        Stream<NestedField> identifying = fields.stream().filter(f -> key.contains(f.name()));
        return new Schema(
                fields, Set.copyOf(identifying.map(NestedField::fieldId).toList()));
    }

    public PartitionSpec spec() {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema());
        partitionedBy.forEach(builder::identity);
        return builder.build();
    }
}
