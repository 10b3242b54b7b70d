package dev.tactus.reports.workbook;

/// How a spreadsheet that is one document of markup calls the elements of its sheets and rows.
enum MarkupDialect {
    OPEN_DOCUMENT("table", "table-row"),
    EXCEL_2003("Worksheet", "Row");

    private final String sheet;
    private final String row;

    MarkupDialect(String sheet, String row) {
        this.sheet = sheet;
        this.row = row;
    }

    String sheet() {
        return sheet;
    }

    String row() {
        return row;
    }
}
