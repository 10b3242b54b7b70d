package dev.tactus.reports.rows;

import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.convention.NumberEvidence;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.NumberFormat;
import dev.tactus.reports.layout.NumberFormat.NotANumber;
import dev.tactus.reports.sums.CurrencySign;
import dev.tactus.reports.sums.CurrencySum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Numbers from the bytes of a cell: the usual ones (up to 18 digits, no marks but one before decimals) without a
/// detour over text, all others as [NumberFormat] reads them. Not thread-safe: the last number read is kept.
final class NumberReader {
    private static final int SCALE = 18;
    /// Digits behind a mark between thousands.
    private static final int GROUP = 3;
    private static final long[] POWERS = powers();

    private final NumberFormat format;
    private final byte decimal;
    private final NumberEvidence evidence;
    private final byte thousands;
    /// Whether it is certain what the mark before decimals is.
    private boolean proven;
    /// Whether the evidence knows of `1,234`; another one says nothing new.
    private boolean told;

    private long digits;
    private int scale;

    /// That an amount has the sign of another currency than the row's.
    static final class ForeignAmount extends NotANumber {
        private static final long serialVersionUID = 1L;

        ForeignAmount(String message) {
            super(message);
        }
    }

    /// @param evidence told of what cells say of how the column is written
    NumberReader(NumberFormat format, NumberEvidence evidence) {
        this.format = format;
        this.evidence = evidence;
        this.decimal = (byte) format.decimal();
        this.thousands = (byte) (char) format.thousands().orElse('\0');
    }

    private static long[] powers() {
        long[] powers = new long[SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i <= SCALE; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /// A whole number.
    ///
    /// @throws NotANumber if it is none, or has decimals other than zero, or is beyond 18 digits
    long whole(RowView cells, int column) throws NotANumber {
        if (simple(cells.buffer(), cells.start(column), cells.end(column)) && scale == 0) {
            return digits;
        }
        if (grouped(cells.buffer(), cells.start(column), cells.end(column))) {
            if (!told) {
                told = true;
                evidence.text(cells.text(column));
            }
            return digits;
        }
        BigDecimal number = parse(cells.text(column));
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new NotANumber("'" + TextExcerpt.brief(cells.text(column)) + "' is not a whole number");
        }
    }

    BigDecimal decimal(RowView cells, int column) throws NotANumber {
        return simple(cells.buffer(), cells.start(column), cells.end(column))
                ? BigDecimal.valueOf(digits, scale)
                : parse(cells.text(column));
    }

    /// An amount of money, added to a tally.
    SaleAmount money(RowView cells, int column, CurrencySum sum) throws NotANumber {
        byte[] buffer = cells.buffer();
        int start = cells.start(column);
        int end = cells.end(column);
        if (simple(buffer, start, end)) {
            long factor = POWERS[SCALE - scale];
            long low = digits * factor;
            long high = Math.multiplyHigh(digits, factor);
            sum.add(low, high);
            return new SaleAmount(low, high, Arrays.copyOfRange(buffer, start, end));
        }
        String text = cells.text(column);
        Optional<CurrencySign.CodedAmount> coded = CurrencySign.coded(text);
        BigDecimal exact = parse(coded.map(CurrencySign.CodedAmount::number).orElse(text));
        boolean foreign = coded.map(one -> !one.currency().equals(sum.currency()))
                .orElseGet(() -> CurrencySign.foreign(text, sum.currency()).isPresent());
        if (foreign) {
            throw new ForeignAmount("'" + TextExcerpt.brief(text) + "' has the sign of another currency than "
                    + sum.currency() + ", which the row is in");
        }
        SaleAmount amount;
        try {
            amount = SaleAmount.of(exact, text.getBytes(StandardCharsets.UTF_8));
        } catch (ArithmeticException e) {
            throw new NotANumber("'" + TextExcerpt.brief(text) + "': " + e.getMessage());
        }
        sum.add(exact, amount);
        return amount;
    }

    private BigDecimal parse(String text) throws NotANumber {
        evidence.text(text);
        return format.parse(text);
    }

    private boolean simple(byte[] buffer, int start, int end) {
        int i = start;
        boolean negative = i < end && buffer[i] == '-';
        if (negative) {
            i++;
        }
        if (i == end || end - i > SCALE + 1) {
            return false;
        }
        long number = 0;
        int count = 0;
        int point = -1;
        for (; i < end; i++) {
            byte b = buffer[i];
            int digit = b - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
                count++;
            } else if (b == decimal && point < 0) {
                point = i;
            } else {
                return false;
            }
        }
        if (count == 0 || count > SCALE) {
            return false;
        }
        digits = negative ? -number : number;
        scale = point < 0 ? 0 : end - 1 - point;
        if (point >= 0 && !proven) {
            proven = evidence.single(buffer, start, end, point);
        }
        return true;
    }

    /// A whole number with one mark between thousands, where the format has such a mark: `12,345`.
    private boolean grouped(byte[] buffer, int start, int end) {
        int mark = end - GROUP - 1;
        int before = mark - start;
        if (thousands == 0 || before < 1 || before > GROUP || buffer[mark] != thousands || buffer[start] == '0') {
            return false;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = buffer[i] - '0';
            if (i != mark) {
                if (digit < 0 || digit > 9) {
                    return false;
                }
                number = number * 10 + digit;
            }
        }
        digits = number;
        return true;
    }
}
