package dev.tactus.reports.layout;

import dev.tactus.reports.layout.NumberFormat.NotANumber;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A column of the first rows, read as numbers.
///
/// @param numbers of the rows, in their order; absent where a cell has none
/// @param filled how many cells have anything
record ColumnNumbers(String heading, List<Optional<BigDecimal>> numbers, int filled, boolean leadingZeros) {
    private static final Set<String> NOTHING = Set.of("", "-", "n/a", "null", "none");
    private static final Pattern ZEROS = Pattern.compile("0[0-9]{3,}");
    /// No amount of a row has that many digits before its decimals, and no count either.
    private static final int LONG = 9;

    private static final int LEAST_ROWS = 3;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal LEAST_LEFT = new BigDecimal("0.2");

    ColumnNumbers {
        numbers = List.copyOf(numbers);
    }

    static ColumnNumbers of(String heading, List<String> cells, NumberFormat format) {
        List<Optional<BigDecimal>> numbers = new ArrayList<>();
        int filled = 0;
        boolean zeros = false;
        for (String cell : cells) {
            boolean nothing = NOTHING.contains(cell.strip().toLowerCase(Locale.ROOT));
            filled += nothing ? 0 : 1;
            zeros |= ZEROS.matcher(cell.strip()).matches();
            numbers.add(nothing ? Optional.empty() : number(cell, format));
        }
        return new ColumnNumbers(heading, numbers, filled, zeros);
    }

    static Optional<BigDecimal> number(String cell, NumberFormat format) {
        try {
            return Optional.of(format.parse(cell));
        } catch (NotANumber e) {
            return Optional.empty();
        }
    }

    private List<BigDecimal> all() {
        return numbers.stream().flatMap(Optional::stream).toList();
    }

    boolean areNumbers() {
        return filled > 0 && all().size() * 10 >= filled * 9;
    }

    boolean areWhole() {
        return all().stream().allMatch(number -> number.stripTrailingZeros().scale() <= 0);
    }

    boolean areZero() {
        return all().stream().allMatch(number -> number.signum() == 0);
    }

    /// One value over and over, where others would vary.
    boolean areConstant() {
        return all().size() >= LEAST_ROWS && new HashSet<>(stripped()).size() == 1;
    }

    private List<BigDecimal> stripped() {
        return all().stream().map(BigDecimal::stripTrailingZeros).toList();
    }

    /// Whole numbers that are too long for amounts, or all different and of one length: what a file numbers things by.
    boolean areIdentifiers() {
        if (!areWhole() || areZero()) {
            return false;
        }
        List<String> digits = all().stream()
                .map(number -> number.abs().toBigInteger().toString())
                .toList();
        long tooLong = digits.stream().filter(text -> text.length() >= LONG).count();
        boolean numbered = digits.size() > LEAST_ROWS
                && new HashSet<>(digits).size() == digits.size()
                && digits.getFirst().length() > LEAST_ROWS
                && digits.stream().map(String::length).distinct().count() == 1;
        return leadingZeros || tooLong * 2 > digits.size() || numbered;
    }

    /// Whether it is what another column is for one unit.
    boolean isUnitOf(ColumnNumbers total, ColumnNumbers quantity) {
        int several = 0;
        int fitting = 0;
        for (int i = 0; i < numbers.size(); i++) {
            Optional<BigDecimal> unit = numbers.get(i);
            Optional<BigDecimal> sum = total.numbers().get(i);
            Optional<BigDecimal> count = quantity.numbers().get(i);
            if (unit.isPresent()
                    && sum.isPresent()
                    && count.isPresent()
                    && count.get().signum() != 0
                    && count.get().abs().compareTo(BigDecimal.ONE) != 0
                    && unit.get().signum() != 0) {
                several++;
                fitting += isAbout(unit.get().multiply(count.get()), sum.get()) ? 1 : 0;
            }
        }
        return several > 0 && fitting * 10 >= several * 8;
    }

    /// Within two percent: unit prices are rounded.
    private static boolean isAbout(BigDecimal one, BigDecimal other) {
        return one.abs().subtract(other.abs()).abs().compareTo(other.abs().multiply(new BigDecimal("0.02"))) <= 0;
    }

    /// Whether both together, whatever their signs, are a third column.
    boolean isSumWith(ColumnNumbers other, ColumnNumbers sum) {
        int several = 0;
        int fitting = 0;
        for (int i = 0; i < numbers.size(); i++) {
            Optional<BigDecimal> one = numbers.get(i);
            BigDecimal two = other.numbers().get(i).orElse(BigDecimal.ZERO);
            Optional<BigDecimal> both = sum.numbers().get(i);
            if (one.isPresent() && both.isPresent() && two.signum() != 0) {
                several++;
                BigDecimal off = one.get()
                        .abs()
                        .add(two.abs())
                        .subtract(both.get().abs())
                        .abs();
                BigDecimal rounding = both.get().abs().movePointLeft(3).max(CENT);
                fitting += off.compareTo(rounding) <= 0 ? 1 : 0;
            }
        }
        return several > 0 && fitting * 10 >= several * 8;
    }

    /// Whether it is what is left of the other column after fees: never more, at times less, always a good part.
    boolean isLeftOf(ColumnNumbers before) {
        boolean less = false;
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i).isPresent() && before.numbers().get(i).isPresent()) {
                BigDecimal after = numbers.get(i).get().abs();
                BigDecimal all = before.numbers().get(i).get().abs();
                if (after.compareTo(all) > 0 || after.compareTo(all.multiply(LEAST_LEFT)) < 0) {
                    return false;
                }
                less |= after.compareTo(all) < 0;
            }
        }
        return less;
    }

    /// Whether nothing in it is more than in the other column, and something less.
    boolean isWithin(ColumnNumbers other) {
        boolean less = false;
        for (int i = 0; i < numbers.size(); i++) {
            BigDecimal one = numbers.get(i).orElse(BigDecimal.ZERO).abs();
            int compared =
                    one.compareTo(other.numbers().get(i).orElse(BigDecimal.ZERO).abs());
            if (compared > 0) {
                return false;
            }
            less |= compared < 0;
        }
        return less;
    }

    boolean isSameAs(ColumnNumbers other) {
        for (int i = 0; i < numbers.size(); i++) {
            BigDecimal one = numbers.get(i).orElse(BigDecimal.ZERO);
            BigDecimal two = other.numbers().get(i).orElse(BigDecimal.ZERO);
            if (one.compareTo(two) != 0) {
                return false;
            }
        }
        return true;
    }
}
