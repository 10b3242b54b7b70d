package dev.tactus.reports.csv;

/// How cells stand in a row.
///
/// @param delimiter between cells
/// @param quotes whether a cell that begins with `"` ends with the next single `"` and may hold delimiters and line
///     breaks (RFC 4180); where not, a quote is a character like any other
public record CsvDialect(Delimiter delimiter, boolean quotes) {
    /// The sheet of a spreadsheet, as text.
    public static final CsvDialect SHEET = new CsvDialect(Delimiter.COMMA, true);

    /// What stands between cells.
    public enum Delimiter {
        TAB('\t'),
        COMMA(','),
        SEMICOLON(';'),
        PIPE('|');

        private final byte character;

        Delimiter(char character) {
            this.character = (byte) character;
        }

        public byte character() {
            return character;
        }

        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
