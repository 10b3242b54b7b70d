package dev.tactus.lake.sales;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a row says of its money besides the label's: each as reported, at most 18 decimals; null where it says nothing.
///
/// @param share the label's part, as the report writes it
public record SaleFigures(
        @Nullable BigDecimal gross,
        @Nullable BigDecimal unitPrice,
        @Nullable BigDecimal fee,
        @Nullable BigDecimal tax,
        @Nullable BigDecimal share) {
    /// Their columns in `sales`, in order.
    static final List<String> COLUMNS = List.of("gross", "unit_price", "fee", "tax", "share");

    /// Roughly what they take in memory.
    static final long BYTES = 250;

    List<@Nullable BigDecimal> values() {
        List<@Nullable BigDecimal> values = new ArrayList<>();
        values.add(gross);
        values.add(unitPrice);
        values.add(fee);
        values.add(tax);
        values.add(share);
        return values;
    }
}
