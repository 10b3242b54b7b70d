package dev.tactus.reports.layout;

import dev.tactus.reports.TextExcerpt;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// How numbers are written: the mark before decimals, the mark between thousands.
///
/// Read as well: a sign before or after, parentheses for negatives, a currency's sign, an exponent. What could be read
/// in two ways is not read: `1,234` where the comma stands neither for decimals nor, by the layout's word, for
/// thousands; `-(5)`, which some write for 5 and some for -5.
///
/// @param decimal `.` or `,`
/// @param thousands absent where the layout says nothing; then groups are taken only where decimals follow them
public record NumberFormat(char decimal, Optional<Character> thousands) {
    private static final Pattern PLAIN = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final Pattern SPACED = Pattern.compile("[0-9]{1,3}([ \\u00a0\\u202f'’][0-9]{3})+");
    private static final String SIGNS = "$€£¥";
    /// A number of a report with more digits is damage, and arithmetic with huge exponents takes for ever.
    private static final int LONGEST = 80;

    /// Digits between two marks for thousands.
    private static final int GROUP = 3;

    public NumberFormat {
        if (decimal != '.' && decimal != ',') {
            throw new IllegalArgumentException("decimals follow \".\" or \",\", not \"" + decimal + "\"");
        }
    }

    /// Never rounded.
    ///
    /// @throws NotANumber if it isn't one, or could be two
    public BigDecimal parse(String written) throws NotANumber {
        String text = bare(SpreadsheetMark.withoutAny(written.strip()));
        boolean negative = false;
        if (text.startsWith("(") && text.endsWith(")") && text.length() > 2) {
            negative = true;
            text = bare(text.substring(1, text.length() - 1));
        } else if (text.startsWith("-") || text.startsWith("−")) {
            negative = true;
            text = bare(text.substring(1));
        } else if (text.startsWith("+")) {
            text = bare(text.substring(1));
        } else if (text.endsWith("-")) {
            negative = true;
            text = bare(text.substring(0, text.length() - 1));
        }
        String plain = plain(written, text);
        if (plain.length() > LONGEST || !PLAIN.matcher(plain).matches()) {
            throw new NotANumber("'" + TextExcerpt.brief(written) + "' is not a number");
        }
        BigDecimal number = new BigDecimal(plain);
        if (Math.abs(number.scale()) > LONGEST) {
            throw new NotANumber("'" + TextExcerpt.brief(written) + "' is no number of a report");
        }
        return negative ? number.negate() : number;
    }

    private static String bare(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isTrim(text.charAt(start))) {
            start++;
        }
        while (end > start && isTrim(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isTrim(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || SIGNS.indexOf(c) >= 0;
    }

    /// Without the marks between thousands, and with a point before decimals.
    private String plain(String written, String text) throws NotANumber {
        char group = thousands.orElse(decimal == '.' ? ',' : '.');
        int point = text.indexOf(decimal);
        String whole = point < 0 ? text : text.substring(0, point);
        String rest = point < 0 ? "" : "." + text.substring(point + 1);
        if (SPACED.matcher(whole).matches()) {
            return whole.replaceAll("[^0-9]", "") + rest;
        }
        if (whole.indexOf(group) < 0) {
            return text.replace(decimal, '.');
        }
        if (!isGrouped(whole, group)) {
            throw new NotANumber("'" + TextExcerpt.brief(written) + "' is not a number");
        }
        boolean severalGroups = whole.indexOf(group) != whole.lastIndexOf(group);
        if (thousands.isEmpty() && rest.isEmpty() && !severalGroups) {
            throw new NotANumber(
                    "'" + TextExcerpt.brief(written) + "' is ambiguous (" + whole.replace(group, '.') + " or "
                            + whole.replace(String.valueOf(group), "")
                            + "); set `thousands:` or `decimal:` in the layout");
        }
        return whole.replace(String.valueOf(group), "") + rest;
    }

    /// Whether it is one to three digits, the first of them no zero, then once or more the mark and three digits.
    private static boolean isGrouped(String whole, char mark) {
        int first = whole.indexOf(mark);
        if (first < 1 || first > GROUP || whole.charAt(0) == '0' || (whole.length() - first) % (GROUP + 1) != 0) {
            return false;
        }
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            boolean marked = i >= first && (i - first) % (GROUP + 1) == 0;
            if (marked ? c != mark : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /// Why a text is no number.
    public static class NotANumber extends Exception {
        private static final long serialVersionUID = 1L;

        public NotANumber(String message) {
            super(message, null, false, false);
        }
    }
}
