package dev.tactus.reports.layout;

/// What people and spreadsheets put around a value so that a spreadsheet leaves it as it is: `="00123"`, `'00123`.
public final class SpreadsheetMark {
    private static final int FORMULA = "=\"\"".length();

    private SpreadsheetMark() {}

    /// Without the formula around a text.
    public static String without(String text) {
        boolean formula = text.length() >= FORMULA && text.startsWith("=\"") && text.endsWith("\"");
        return formula
                ? text.substring(2, text.length() - 1).replace("\"\"", "\"").strip()
                : text;
    }

    /// Without the apostrophe before a number or an identifier, too; a title may begin with one.
    public static String withoutAny(String text) {
        String bare = without(text);
        return bare.startsWith("'") || bare.startsWith("\u2019")
                ? bare.substring(1).strip()
                : bare;
    }
}
