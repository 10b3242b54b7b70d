package dev.tactus.reports.rows;

import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.csv.SliceCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cells that some fields are read from, as the key of what was read from them before: columns that stand side by
/// side are one stretch, with all that is between them. Not thread-safe.
final class CellCache<V> {
    private final SliceCache<V> cache;
    /// Holder, first column, last column.
    private final int[][] stretches;

    private int[] ends = new int[16];
    private byte[] gathered = new byte[256];

    /// @param holders how many kinds of rows there are
    CellCache(List<BoundField> fields, int holders, SliceCache<V> cache) {
        this.cache = cache;
        BitSet[] read = new BitSet[holders];
        Arrays.setAll(read, _ -> new BitSet());
        fields.forEach(field -> field.mark(read));
        List<int[]> found = new ArrayList<>();
        for (int holder = 0; holder < holders; holder++) {
            for (int first = read[holder].nextSetBit(0); first >= 0; ) {
                int after = read[holder].nextClearBit(first);
                found.add(new int[] {holder, first, after - 1});
                first = read[holder].nextSetBit(after);
            }
        }
        this.stretches = found.toArray(int[][]::new);
        this.ends = new int[stretches.length * 2];
    }

    /// What was made of these cells before; null where nothing was.
    @Nullable
    V get(RowView[] rows) {
        if (rows.length == 1) {
            RowView row = rows[0];
            for (int i = 0; i < stretches.length; i++) {
                ends[2 * i] = row.from(stretches[i][1]);
                ends[2 * i + 1] = row.to(stretches[i][2]);
            }
            return cache.get(row.buffer(), ends, ends.length);
        }
        int length = 0;
        for (int i = 0; i < stretches.length; i++) {
            RowView row = rows[stretches[i][0]];
            int from = row.from(stretches[i][1]);
            int size = row.to(stretches[i][2]) - from;
            if (length + size > gathered.length) {
                gathered = Arrays.copyOf(gathered, (length + size) * 2);
            }
            System.arraycopy(row.buffer(), from, gathered, length, size);
            ends[2 * i] = length;
            length += size;
            ends[2 * i + 1] = length;
        }
        return cache.get(gathered, ends, ends.length);
    }

    /// Keeps what was made of the cells just looked up in vain.
    void put(V value) {
        cache.put(value);
    }
}
