package dev.tactus.reports.workbook;

import java.math.BigDecimal;

/// A number as a spreadsheet stores it, as text.
///
/// Spreadsheets calculate in doubles and many of them write seventeen digits: 0.0192 is stored as
/// `1.9199999999999998E-2`. Where a shorter number is the same double, that one was meant; digits beyond those of a
/// double were written by a program that knew better, and stay.
final class StoredNumber {
    private static final int CERTAIN_DIGITS = 15;
    private static final int DOUBLE_DIGITS = 17;
    /// Beyond it a plain number is longer than any cell.
    private static final int LONGEST = 60;

    private StoredNumber() {}

    static String text(String stored) {
        String bare = stored.strip();
        if (isPlain(bare)) {
            return bare;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(bare);
        } catch (NumberFormatException e) {
            return bare;
        }
        BigDecimal digits = number.stripTrailingZeros();
        if (digits.precision() > CERTAIN_DIGITS && digits.precision() <= DOUBLE_DIGITS) {
            BigDecimal shortest = new BigDecimal(Double.toString(number.doubleValue()));
            if (shortest.stripTrailingZeros().precision() <= CERTAIN_DIGITS) {
                number = shortest.stripTrailingZeros();
            }
        }
        if (Math.abs((long) number.scale()) > LONGEST) {
            return bare;
        }
        return (number.scale() < 0 ? number.setScale(0) : number).toPlainString();
    }

    /// Short and without an exponent, as nearly all are.
    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > CERTAIN_DIGITS) {
            return text.isEmpty();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
