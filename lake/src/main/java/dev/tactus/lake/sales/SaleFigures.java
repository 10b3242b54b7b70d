package dev.tactus.lake.sales;

import java.math.BigDecimal;
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

    /// What stands in one of [#COLUMNS]; nothing is made for it, since it is asked for each row and column.
    @Nullable
    BigDecimal value(int column) {
        return switch (column) {
            case 0 -> gross;
            case 1 -> unitPrice;
            case 2 -> fee;
            case 3 -> tax;
            case 4 -> share;
            default -> throw new IndexOutOfBoundsException(column);
        };
    }
}
