package dev.tactus.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

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
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// The lake's tables: their columns with field ids that never change, their keys and partitions.
///
/// A new column takes the next free id, at the end; ids are never reused. Key columns are required and are the
/// tables' identifier fields. Times are `timestamptz` in microseconds, counts are `long`.
@SuppressWarnings("ImmutableEnumChecker") // lists made by List.of, which the checker does not know
public enum LakeTable {
    TRACKS(
            Dataset.TRACKS,
            List.of("source", "isrc", "track_id", "day"),
            List.of("source", "day"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "track_id", Types.StringType.get()),
            required(4, "day", Types.DateType.get()),
            optional(5, "title", Types.StringType.get()),
            optional(
                    6,
                    "artists",
                    Types.ListType.ofOptional(
                            15,
                            Types.StructType.of(
                                    optional(16, "id", Types.StringType.get()),
                                    optional(17, "name", Types.StringType.get())))),
            optional(7, "duration_ms", Types.LongType.get()),
            optional(8, "explicit", Types.BooleanType.get()),
            optional(9, "album_id", Types.StringType.get()),
            optional(10, "album_title", Types.StringType.get()),
            optional(11, "release_date", Types.StringType.get()),
            optional(12, "run_id", Types.StringType.get()),
            optional(13, "payload_sha256", Types.StringType.get()),
            optional(14, "fetched_at", Types.TimestampType.withZone())),

    DAILY_STREAMS(
            Dataset.STREAMS,
            List.of("source", "isrc", "track_id", "territory", "day"),
            List.of("source", "day"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "track_id", Types.StringType.get()),
            required(4, "territory", Types.StringType.get()),
            required(5, "day", Types.DateType.get()),
            optional(6, "stream_count", Types.LongType.get()),
            optional(7, "run_id", Types.StringType.get()),
            optional(8, "payload_sha256", Types.StringType.get()),
            optional(9, "fetched_at", Types.TimestampType.withZone())),

    DAILY_LISTENERS(
            Dataset.LISTENERS,
            List.of("source", "isrc", "track_id", "territory", "day"),
            List.of("source", "day"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "track_id", Types.StringType.get()),
            required(4, "territory", Types.StringType.get()),
            required(5, "day", Types.DateType.get()),
            optional(6, "listener_count", Types.LongType.get()),
            optional(7, "run_id", Types.StringType.get()),
            optional(8, "payload_sha256", Types.StringType.get()),
            optional(9, "fetched_at", Types.TimestampType.withZone())),

    LISTENER_DEMOGRAPHICS(
            Dataset.LISTENERS,
            List.of("source", "isrc", "track_id", "territory", "day", "age", "gender"),
            List.of("source", "day"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "track_id", Types.StringType.get()),
            required(4, "territory", Types.StringType.get()),
            required(5, "day", Types.DateType.get()),
            required(6, "age", Types.StringType.get()),
            required(7, "gender", Types.StringType.get()),
            optional(8, "listener_count", Types.LongType.get()),
            optional(9, "run_id", Types.StringType.get()),
            optional(10, "payload_sha256", Types.StringType.get()),
            optional(11, "fetched_at", Types.TimestampType.withZone())),

    /// Bodies are binary, for a body need not be UTF-8 and its digest must hold; `decode(body)` is its text in SQL.
    PAYLOADS(
            null,
            List.of("payload_sha256", "request", "fetched_at"),
            List.of("source"),
            required(1, "payload_sha256", Types.StringType.get()),
            required(2, "request", Types.StringType.get()),
            required(3, "fetched_at", Types.TimestampType.withZone()),
            required(4, "source", Types.StringType.get()),
            optional(5, "endpoint", Types.StringType.get()),
            optional(6, "http_status", Types.IntegerType.get()),
            optional(7, "body", Types.BinaryType.get()),
            optional(8, "run_id", Types.StringType.get())),

    /// Rows of sales reports that could not be taken, with the reason. It stands before `sales`, whose commit decides
    /// whether a report has landed.
    SALES_REJECTS(
            null,
            List.of("report_id", "line"),
            List.of(),
            required(1, "report_id", Types.StringType.get()),
            required(2, "line", Types.LongType.get()),
            optional(3, "field", Types.StringType.get()),
            optional(4, "reason", Types.StringType.get()),
            optional(5, "raw", Types.StringType.get())),

    /// One row of a sales report each. `usage_start` to `usage_end` are the days it is about, the last one
    /// included; `statement_period` is the statement it came with. `usage_key` stands where there is no ISRC: it is
    /// what such usage has in common. `net_revenue` is `net_revenue_reported` as a decimal, rounded half to even
    /// beyond 18 places.
    SALES(
            null,
            List.of("report_id", "line"),
            List.of(),
            required(1, "report_id", Types.StringType.get()),
            required(2, "line", Types.LongType.get()),
            optional(3, "sender", Types.StringType.get()),
            optional(4, "service", Types.StringType.get()),
            optional(5, "isrc", Types.StringType.get()),
            optional(6, "upc", Types.StringType.get()),
            optional(7, "territory", Types.StringType.get()),
            optional(8, "usage_type", Types.StringType.get()),
            optional(9, "usage_start", Types.DateType.get()),
            optional(10, "usage_end", Types.DateType.get()),
            optional(11, "statement_period", Types.StringType.get()),
            optional(12, "quantity", Types.LongType.get()),
            optional(13, "currency", Types.StringType.get()),
            optional(14, "net_revenue", Types.DecimalType.of(38, 18)),
            optional(15, "net_revenue_reported", Types.StringType.get()),
            optional(16, "exchange_rate", Types.DecimalType.of(38, 18)),
            optional(17, "raw", Types.StringType.get()),
            optional(18, "title", Types.StringType.get()),
            optional(19, "artist", Types.StringType.get()),
            optional(20, "usage_key", Types.StringType.get())),

    /// What people decided about usage that the catalog does not know (written from the ledger, which decides):
    /// `usage_key` equals `coalesce(isrc, usage_key)` of `sales`; `isrc` is null where the usage is not ours.
    USAGE_MATCHES(
            null,
            List.of("usage_key"),
            List.of(),
            required(1, "usage_key", Types.StringType.get()),
            optional(2, "isrc", Types.StringType.get()),
            optional(3, "decided_by", Types.StringType.get()),
            optional(4, "decided_at", Types.TimestampType.withZone())),

    DRIFT(
            null,
            List.of("id"),
            List.of(),
            required(1, "id", Types.StringType.get()),
            optional(2, "source", Types.StringType.get()),
            optional(3, "isrc", Types.StringType.get()),
            optional(4, "field", Types.StringType.get()),
            optional(5, "expected", Types.StringType.get()),
            optional(6, "found", Types.StringType.get()),
            optional(7, "severity", Types.StringType.get()),
            optional(8, "state", Types.StringType.get()),
            optional(9, "detected_at", Types.TimestampType.withZone())),

    DEAD_LETTERS(
            null,
            List.of("id"),
            List.of(),
            required(1, "id", Types.StringType.get()),
            optional(2, "run_id", Types.StringType.get()),
            optional(3, "source", Types.StringType.get()),
            optional(4, "endpoint", Types.StringType.get()),
            optional(5, "isrc", Types.StringType.get()),
            optional(6, "reason", Types.StringType.get()),
            optional(7, "pointer", Types.StringType.get()),
            optional(8, "payload_sha256", Types.StringType.get()),
            optional(9, "state", Types.StringType.get())),

    /// One row for each recording, territory and kind of usage that either side counted in a period; docs/reconcile.md
    /// describes every column.
    RECONCILED(
            null,
            List.of("source", "isrc", "territory", "usage_type", "period"),
            List.of("source", "period"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "territory", Types.StringType.get()),
            required(4, "usage_type", Types.StringType.get()),
            required(5, "period", Types.StringType.get()),
            optional(6, "api_count", Types.LongType.get()),
            optional(7, "report_count", Types.LongType.get()),
            optional(8, "payable_count", Types.LongType.get()),
            optional(9, "basis", Types.StringType.get()),
            optional(10, "finality", Types.StringType.get()),
            optional(11, "variance", Types.DecimalType.of(38, 18)),
            optional(12, "status", Types.StringType.get()),
            optional(13, "currency", Types.StringType.get()),
            optional(14, "report_revenue", Types.DecimalType.of(38, 18)),
            optional(15, "variance_relative", Types.DecimalType.of(38, 18)),
            optional(16, "explanation", Types.StringType.get()),
            optional(17, "title", Types.StringType.get()),
            optional(18, "artists", Types.StringType.get()),
            optional(19, "api_days", Types.LongType.get()),
            optional(20, "report_from", Types.DateType.get()),
            optional(21, "report_to", Types.DateType.get()),
            optional(22, "revenues", Revenues.column(28)),
            optional(23, "run_ids", Types.ListType.ofOptional(31, Types.StringType.get())),
            optional(24, "report_ids", Types.ListType.ofOptional(32, Types.StringType.get())),
            optional(25, "api_snapshot_id", Types.LongType.get()),
            optional(26, "report_snapshot_id", Types.LongType.get()),
            optional(27, "reconciliation_id", Types.StringType.get())),

    /// What a closed period would come to today, less what it was closed with: counted in a later, open period.
    ADJUSTMENTS(
            null,
            List.of("source", "isrc", "territory", "usage_type", "corrects", "period"),
            List.of("source", "period"),
            required(1, "source", Types.StringType.get()),
            required(2, "isrc", Types.StringType.get()),
            required(3, "territory", Types.StringType.get()),
            required(4, "usage_type", Types.StringType.get()),
            required(5, "corrects", Types.StringType.get()),
            required(6, "period", Types.StringType.get()),
            optional(7, "close_id", Types.StringType.get()),
            optional(8, "closed_count", Types.LongType.get()),
            optional(9, "booked_count", Types.LongType.get()),
            optional(10, "restated_count", Types.LongType.get()),
            optional(11, "payable_count", Types.LongType.get()),
            optional(12, "basis", Types.StringType.get()),
            optional(13, "currency", Types.StringType.get()),
            optional(14, "report_revenue", Types.DecimalType.of(38, 18)),
            optional(15, "explanation", Types.StringType.get()),
            optional(16, "title", Types.StringType.get()),
            optional(17, "artists", Types.StringType.get()),
            optional(18, "revenues", Revenues.column(22)),
            optional(19, "run_ids", Types.ListType.ofOptional(25, Types.StringType.get())),
            optional(20, "report_ids", Types.ListType.ofOptional(26, Types.StringType.get())),
            optional(21, "reconciliation_id", Types.StringType.get()));

    private final @Nullable Dataset dataset;
    private final List<String> key;
    private final List<String> partitionedBy;
    private final List<NestedField> fields;

    LakeTable(@Nullable Dataset dataset, List<String> key, List<String> partitionedBy, NestedField... fields) {
        this.dataset = dataset;
        this.key = key;
        this.partitionedBy = partitionedBy;
        this.fields = List.of(fields);
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

    List<NestedField> fields() {
        return fields;
    }

    /// Amounts by currency; the ids follow those of the table's columns.
    private static final class Revenues {
        private Revenues() {}

        static Types.ListType column(int elementId) {
            return Types.ListType.ofOptional(
                    elementId,
                    Types.StructType.of(
                            optional(elementId + 1, "currency", Types.StringType.get()),
                            optional(elementId + 2, "amount", Types.DecimalType.of(38, 18))));
        }
    }

    Schema schema() {
        Stream<NestedField> identifying = fields.stream().filter(f -> key.contains(f.name()));
        return new Schema(
                fields, Set.copyOf(identifying.map(NestedField::fieldId).toList()));
    }

    PartitionSpec spec() {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema());
        partitionedBy.forEach(builder::identity);
        return builder.build();
    }
}
