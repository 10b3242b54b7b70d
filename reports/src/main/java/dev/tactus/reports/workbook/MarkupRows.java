package dev.tactus.reports.workbook;

import dev.tactus.reports.workbook.CellFormats.Shown;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/// The rows of a sheet within one document. Not thread-safe.
final class MarkupRows implements RowSource {
    private final XmlStream xml;
    private final MarkupDialect dialect;
    private long last;
    /// How often the row read last is still to come.
    private long repeats;

    private List<String> repeated = List.of();

    MarkupRows(XmlStream xml, MarkupDialect dialect) {
        this.xml = xml;
        this.dialect = dialect;
    }

    @Override
    public boolean next(SheetRow row) throws IOException, XMLStreamException {
        if (repeats > 0) {
            repeats--;
            row.begin(++last);
            for (int i = 0; i < repeated.size(); i++) {
                row.put(i, repeated.get(i));
            }
            return true;
        }
        while (xml.next() && !xml.ends(dialect.sheet())) {
            if (xml.begins(dialect.row())) {
                long count = count("number-rows-repeated");
                last = count("Index", last + 1);
                row.begin(last);
                cells(row);
                if (row.cells().isEmpty()) {
                    last += count - 1;
                } else {
                    repeats = count - 1;
                    repeated = count == 1 ? List.of() : List.copyOf(row.cells());
                }
                return true;
            }
        }
        return false;
    }

    private long count(String attribute) throws BrokenWorkbook {
        return count(attribute, 1);
    }

    private long count(String attribute, long otherwise) throws BrokenWorkbook {
        Optional<String> text = xml.attribute(attribute);
        if (text.isPresent() && !text.get().matches("[1-9][0-9]{0,8}")) {
            throw new BrokenWorkbook(attribute + " is \"" + text.get() + "\"");
        }
        return text.map(Long::parseLong).orElse(otherwise);
    }

    private void cells(SheetRow row) throws IOException, XMLStreamException {
        long column = 0;
        while (xml.next() && !xml.ends(dialect.row())) {
            if (xml.begins("table-cell") || xml.begins("covered-table-cell")) {
                long columns = count("number-columns-repeated");
                column = openDocument(row, column, columns);
            } else if (xml.begins("Cell")) {
                column = count("Index", column + 1);
                long across = xml.attribute("MergeAcross")
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Long::parseLong)
                        .orElse(0L);
                excel2003(row, column - 1);
                column += across;
            }
        }
    }

    /// @return the column after it
    private long openDocument(SheetRow row, long column, long columns) throws IOException, XMLStreamException {
        String type = xml.attribute("value-type").orElse("");
        String value = xml.attribute("value").orElse("");
        String day = xml.attribute("date-value").orElse("");
        StringBuilder text = new StringBuilder();
        String cell = xml.name();
        while (xml.next() && !xml.ends(cell)) {
            if (xml.begins("annotation")) {
                xml.skip();
            } else if (xml.begins("p")) {
                text.append(text.isEmpty() ? "" : " ").append(xml.text("annotation"));
            }
        }
        if (type.isEmpty() && text.isEmpty()) {
            return column + columns;
        }
        for (long i = column; i < column + columns; i++) {
            int place = Math.toIntExact(Math.min(i, Integer.MAX_VALUE));
            switch (type) {
                case "float", "currency", "percentage" -> row.putNumber(place, value);
                case "date" -> row.put(place, day(day, text.toString()));
                default -> row.put(place, text.toString());
            }
        }
        return column + columns;
    }

    private void excel2003(SheetRow row, long column) throws IOException, XMLStreamException {
        int place = Math.toIntExact(Math.min(column, Integer.MAX_VALUE));
        while (xml.next() && !xml.ends("Cell")) {
            if (xml.begins("Data")) {
                String type = xml.attribute("Type").orElse("String");
                String text = xml.text();
                switch (type) {
                    case "Number" -> row.putNumber(place, text);
                    case "DateTime" -> row.put(place, day(text, text));
                    case "Boolean" -> row.put(place, text.strip().equals("1") ? "TRUE" : "FALSE");
                    default -> row.put(place, text);
                }
            } else if (xml.begins()) {
                xml.skip();
            }
        }
    }

    /// @param shown what stands in the cell; where it has no day, the month is meant
    private static String day(String stored, String shown) {
        try {
            LocalDateTime time = stored.indexOf('T') < 0
                    ? LocalDate.parse(stored).atStartOfDay()
                    : LocalDateTime.parse(stored.replace("Z", ""));
            boolean month = shown.matches("\\p{L}{3,}\\.?[ -][0-9]{2,4}|[0-9]{4}-[0-9]{2}|[0-9]{1,2}/[0-9]{4}");
            return SerialDay.text(time, month ? Shown.MONTH : Shown.DAY);
        } catch (DateTimeException e) {
            return shown;
        }
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
