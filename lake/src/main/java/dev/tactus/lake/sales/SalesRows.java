package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Some rows of a report, column by column, on their way to DuckDB, which reads them as a table function once: an
/// appender would call into DuckDB for every text and have it store what it writes out at once (docs/benchmarks.md).
///
/// Texts are kept off the heap. Filled by one thread, then read by another; used again after [#clear].
public final class SalesRows implements DuckDBTableFunction<SalesRows, SalesRows, SalesRows>, AutoCloseable {
    private static final int PAGE = 4 << 20;

    private static final byte QUANTITY = 1;
    private static final byte AMOUNT = 2;

    /// The place of the first of their columns.
    private static final int FIGURES = 7;

    private final String name;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> pages = new ArrayList<>();
    private int page = -1;
    private long pageUsed;

    private int rows;
    private int read;
    private long[] lines = new long[1 << 12];
    private int[] contexts = new int[1 << 12];
    private int[] recordings = new int[1 << 12];
    private byte[] present = new byte[1 << 12];
    private long[] quantities = new long[1 << 12];
    private long[] lows = new long[1 << 12];
    private long[] highs = new long[1 << 12];
    /// The page, then the place in it, where the amount as reported stands, right before the row's text.
    private int[] textPages = new int[1 << 12];
    private int[] textStarts = new int[1 << 12];
    private int[] reportedLengths = new int[1 << 12];
    private int[] rawLengths = new int[1 << 12];
    /// Kept only where a row has some.
    private @Nullable SaleFigures @Nullable [] figures;

    public SalesRows(DuckDb duck, String name) {
        this.name = name;
        duck.tableFunction(name, this);
    }

    /// The rows, for a FROM clause of the database it was made for.
    String relation() {
        return name + "()";
    }

    int rows() {
        return rows;
    }

    void add(
            long line,
            int context,
            int recording,
            @Nullable Long quantity,
            @Nullable SaleAmount amount,
            @Nullable SaleFigures besides,
            byte[] raw) {
        if (rows == lines.length) {
            grow(rows * 2);
        }
        int row = rows++;
        lines[row] = line;
        contexts[row] = context;
        recordings[row] = recording;
        byte there = 0;
        if (quantity != null) {
            there |= QUANTITY;
            quantities[row] = quantity;
        }
        int reportedLength = 0;
        if (amount != null) {
            there |= AMOUNT;
            lows[row] = amount.low();
            highs[row] = amount.high();
            reportedLength = amount.reported().length;
        }
        present[row] = there;
        if (besides != null) {
            @Nullable SaleFigures[] kept = figures;
            if (kept == null) {
                kept = new SaleFigures[lines.length];
                figures = kept;
            }
            kept[row] = besides;
        }
        MemorySegment text = room(reportedLength + raw.length);
        if (amount != null) {
            MemorySegment.copy(amount.reported(), 0, text, ValueLayout.JAVA_BYTE, pageUsed, reportedLength);
        }
        MemorySegment.copy(raw, 0, text, ValueLayout.JAVA_BYTE, pageUsed + reportedLength, raw.length);
        textPages[row] = page;
        textStarts[row] = Math.toIntExact(pageUsed);
        reportedLengths[row] = reportedLength;
        rawLengths[row] = raw.length;
        pageUsed += reportedLength + raw.length;
    }

    private void grow(int length) {
        lines = Arrays.copyOf(lines, length);
        contexts = Arrays.copyOf(contexts, length);
        recordings = Arrays.copyOf(recordings, length);
        present = Arrays.copyOf(present, length);
        quantities = Arrays.copyOf(quantities, length);
        lows = Arrays.copyOf(lows, length);
        highs = Arrays.copyOf(highs, length);
        textPages = Arrays.copyOf(textPages, length);
        textStarts = Arrays.copyOf(textStarts, length);
        reportedLengths = Arrays.copyOf(reportedLengths, length);
        rawLengths = Arrays.copyOf(rawLengths, length);
        @Nullable SaleFigures[] kept = figures;
        if (kept != null) {
            figures = Arrays.copyOf(kept, length);
        }
    }

    /// The page that has room for so many bytes more.
    private MemorySegment room(int bytes) {
        while (page < 0 || pageUsed + bytes > pages.get(page).byteSize()) {
            page++;
            pageUsed = 0;
            if (page == pages.size()) {
                pages.add(arena.allocate(Math.max(PAGE, bytes)));
            }
        }
        return pages.get(page);
    }

    void clear() {
        rows = 0;
        figures = null;
        read = 0;
        page = -1;
        pageUsed = 0;
    }

    @Override
    public SalesRows bind(DuckDBTableFunctionBindInfo info) throws SQLException {
        info.addResultColumn("line", DuckDBColumnType.BIGINT);
        info.addResultColumn("context", DuckDBColumnType.INTEGER);
        info.addResultColumn("recording", DuckDBColumnType.INTEGER);
        info.addResultColumn("quantity", DuckDBColumnType.BIGINT);
        info.addResultColumn("net_revenue", DuckDBLogicalType.decimal(38, SaleAmount.SCALE));
        info.addResultColumn("net_revenue_reported", DuckDBColumnType.VARCHAR);
        info.addResultColumn("raw", DuckDBColumnType.VARCHAR);
        for (String column : SaleFigures.COLUMNS) {
            info.addResultColumn(column, DuckDBLogicalType.decimal(38, SaleAmount.SCALE));
        }
        // so that it is this side of the joins that streams
        info.setCardinality(rows, true);
        return this;
    }

    @Override
    public SalesRows init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        read = 0;
        return this;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) {
        int first = read;
        int count = (int) Math.min(out.capacity(), rows - first);
        if (count == 0) {
            return 0;
        }
        DuckDBWritableVector line = out.vector(0);
        DuckDBWritableVector context = out.vector(1);
        DuckDBWritableVector recording = out.vector(2);
        DuckDBWritableVector quantity = out.vector(3);
        DuckDBWritableVector amount = out.vector(4);
        byte[] @Nullable [] reported = new byte[count][];
        byte[][] raw = new byte[count][];
        for (int i = 0; i < count; i++) {
            int row = first + i;
            line.setLong(i, lines[row]);
            context.setInt(i, contexts[row]);
            recording.setInt(i, recordings[row]);
            if ((present[row] & QUANTITY) != 0) {
                quantity.setLong(i, quantities[row]);
            } else {
                quantity.setNull(i);
            }
            int start = textStarts[row];
            MemorySegment text = pages.get(textPages[row]);
            if ((present[row] & AMOUNT) != 0) {
                amount.setBigDecimal(i, amount(row));
                reported[i] = bytes(text, start, reportedLengths[row]);
            } else {
                amount.setNull(i);
            }
            raw[i] = bytes(text, start + reportedLengths[row], rawLengths[row]);
        }
        out.vector(5).setStringUtf8Batch(0, reported);
        out.vector(6).setStringUtf8Batch(0, raw);
        figures(out, first, count);
        read = first + count;
        return count;
    }

    private void figures(DuckDBDataChunkWriter out, int first, int count) {
        @Nullable SaleFigures[] kept = figures;
        for (int column = 0; column < SaleFigures.COLUMNS.size(); column++) {
            DuckDBWritableVector vector = out.vector(FIGURES + column);
            // a share is the same in row after row
            @Nullable BigDecimal before = null;
            BigDecimal scaled = BigDecimal.ZERO;
            for (int i = 0; i < count; i++) {
                @Nullable SaleFigures row = kept == null ? null : kept[first + i];
                @Nullable BigDecimal value = row == null ? null : row.value(column);
                if (value == null) {
                    vector.setNull(i);
                } else {
                    scaled = before != null && value.compareTo(before) == 0
                            ? scaled
                            : value.setScale(SaleAmount.SCALE, RoundingMode.HALF_EVEN);
                    before = value;
                    vector.setBigDecimal(i, scaled);
                }
            }
        }
    }

    private BigDecimal amount(int row) {
        return highs[row] == lows[row] >> (Long.SIZE - 1)
                ? BigDecimal.valueOf(lows[row], SaleAmount.SCALE)
                : SaleAmount.decimal(lows[row], highs[row]);
    }

    private static byte[] bytes(MemorySegment text, long start, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(text, ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}
