package dev.tactus.reports.layout;

/// What people and spreadsheets put around a value so that a spreadsheet leaves it as it is: `="00123"`, `'00123`.
public final class SpreadsheetMark {
    private static final char LAST_LATIN = '\u00ff';
    private static final int FORMULA = "=\"\"".length();

    private SpreadsheetMark() {}

    /// Without the formula around a text, and without what nobody sees: marks of zero width, as copied from web pages.
    public static String without(String written) {
        String text = visible(written);
        boolean formula = text.length() >= FORMULA && text.startsWith("=\"") && text.endsWith("\"");
        return formula
                ? text.substring(2, text.length() - 1).replace("\"\"", "\"").strip()
                : text;
    }

    private static String visible(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isUnseen(text.charAt(start))) {
            start++;
        }
        while (end > start && isUnseen(text.charAt(end - 1))) {
            end--;
        }
        return end - start == text.length() ? text : text.substring(start, end).strip();
    }

    private static boolean isUnseen(char c) {
        return c > LAST_LATIN && Character.getType(c) == Character.FORMAT;
    }

    /// Without the apostrophe before a number or an identifier, too; a title may begin with one.
    public static String withoutAny(String text) {
        String bare = without(text);
        return bare.startsWith("'") || bare.startsWith("\u2019")
                ? bare.substring(1).strip()
                : bare;
    }
}
