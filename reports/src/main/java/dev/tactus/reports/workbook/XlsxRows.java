package dev.tactus.reports.workbook;

import dev.tactus.reports.workbook.CellFormats.Shown;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// The rows of a sheet of an XLSX. Not thread-safe.
final class XlsxRows implements RowSource {
    private final XmlStream xml;
    private final SharedStrings strings;
    private final CellFormats formats;
    private final boolean from1904;
    private long last;

    XlsxRows(InputStream in, SharedStrings strings, CellFormats formats, boolean from1904)
            throws IOException, XMLStreamException {
        this.xml = new XmlStream(in);
        this.strings = strings;
        this.formats = formats;
        this.from1904 = from1904;
    }

    @Override
    public boolean next(SheetRow row) throws IOException, XMLStreamException {
        while (xml.next()) {
            if (xml.begins("row")) {
                @Nullable String number = xml.find("r");
                last = number == null ? last + 1 : number(number);
                row.begin(last);
                cells(row);
                return true;
            }
            if (xml.ends("sheetData")) {
                return false;
            }
        }
        return false;
    }

    private static long number(String text) throws BrokenWorkbook {
        if (!text.matches("[0-9]{1,9}")) {
            throw new BrokenWorkbook("a row has the number \"" + text + "\"");
        }
        return Long.parseLong(text);
    }

    private void cells(SheetRow row) throws IOException, XMLStreamException {
        int column = -1;
        while (xml.next() && !xml.ends("row")) {
            if (xml.begins("c")) {
                @Nullable String place = xml.find("r");
                column = place == null ? column + 1 : column(place);
                cell(row, column);
            }
        }
    }

    /// `B7` is in column 1.
    private static int column(String place) {
        int column = 0;
        for (int i = 0; i < place.length() && column < 1 << 20; i++) {
            char c = place.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + (c - 'A' + 1);
        }
        return column - 1;
    }

    private void cell(SheetRow row, int column) throws IOException, XMLStreamException {
        @Nullable String type = xml.find("t");
        @Nullable String style = xml.find("s");
        @Nullable String value = null;
        @Nullable String formula = null;
        while (xml.next() && !xml.ends("c")) {
            if (xml.begins("v")) {
                value = xml.text();
            } else if (xml.begins("is")) {
                value = SharedStrings.unescaped(xml.text("rPh"));
            } else if (xml.begins("f")) {
                formula = xml.text();
            }
        }
        if (value == null) {
            // nobody calculated it: what it would come to can't be known, and must not pass for nothing
            row.put(column, formula == null ? "" : "=" + formula);
            return;
        }
        switch (type == null ? "n" : type) {
            case "s" -> row.put(column, strings.get(value));
            case "n" -> number(row, column, value, style);
            case "b" -> row.put(column, value.strip().equals("1") ? "TRUE" : "FALSE");
            case "str" -> row.put(column, SharedStrings.unescaped(value));
            case "d" -> row.put(column, value.endsWith("T00:00:00") ? value.substring(0, 10) : value.replace('T', ' '));
            default -> row.put(column, value);
        }
    }

    private void number(SheetRow row, int column, String value, @Nullable String style) throws BrokenWorkbook {
        Shown shown = style != null && style.matches("[0-9]{1,9}") ? formats.of(Integer.parseInt(style)) : Shown.NUMBER;
        if (shown == Shown.NUMBER) {
            row.putNumber(column, value);
        } else {
            row.put(column, SerialDay.text(value, shown, from1904));
        }
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
