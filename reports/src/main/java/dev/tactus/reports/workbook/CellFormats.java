package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// What the styles of an XLSX make of a number: itself, or a day.
final class CellFormats {
    /// What a number stands for.
    enum Shown {
        NUMBER,
        DAY,
        /// a day of which only month and year are shown
        MONTH,
        YEAR
    }

    private static final int GENERAL = 0;
    private final List<Shown> byStyle;

    private CellFormats(List<Shown> byStyle) {
        this.byStyle = byStyle;
    }

    static CellFormats none() {
        return new CellFormats(List.of());
    }

    static CellFormats read(InputStream styles) throws IOException {
        Map<Integer, String> codes = new HashMap<>();
        List<Shown> byStyle = new ArrayList<>();
        try (XmlStream in = new XmlStream(styles)) {
            boolean cells = false;
            while (in.next()) {
                if (in.begins("numFmt")) {
                    codes.put(number(in, "numFmtId"), in.attribute("formatCode").orElse(""));
                } else if (in.begins("cellXfs")) {
                    cells = true;
                } else if (in.ends("cellXfs")) {
                    cells = false;
                } else if (cells && in.begins("xf")) {
                    byStyle.add(shown(number(in, "numFmtId"), codes));
                }
            }
        } catch (XMLStreamException e) {
            throw new BrokenWorkbook("its styles are damaged: " + e.getMessage(), e);
        }
        return new CellFormats(List.copyOf(byStyle));
    }

    private static int number(XmlStream in, String attribute) {
        String text = in.attribute(attribute).orElse("0");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : GENERAL;
    }

    Shown of(int style) {
        return style >= 0 && style < byStyle.size() ? byStyle.get(style) : Shown.NUMBER;
    }

    private static Shown shown(int format, Map<Integer, String> codes) {
        String code = codes.get(format);
        if (code != null) {
            return shown(code);
        }
        // those that every workbook has without saying so; 27 to 36 and 50 to 58 are days in East Asia
        if (format == 17) {
            return Shown.MONTH;
        }
        boolean day = (format >= 14 && format <= 16)
                || format == 22
                || (format >= 27 && format <= 31)
                || format == 36
                || (format >= 50 && format <= 54)
                || format == 57
                || format == 58;
        return day ? Shown.DAY : Shown.NUMBER;
    }

    /// By the letters of a format; a time without a day stays a number.
    static Shown shown(String code) {
        String first = code.split(";", 2)[0];
        String letters = first.replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\\\.", "")
                .replaceAll("[_*].", "")
                .replaceAll("\\[[^\\]]*\\]", "")
                .toLowerCase(Locale.ROOT);
        if (letters.contains("general") || letters.matches(".*[0#?].*")) {
            // 0.00E+00 has an e; seconds with decimals a 0, but those are of no day either
            return letters.matches(".*[dy].*") ? Shown.DAY : Shown.NUMBER;
        }
        if (letters.contains("d")) {
            return Shown.DAY;
        }
        boolean year = letters.contains("y") || letters.contains("e");
        return !year ? Shown.NUMBER : letters.contains("m") ? Shown.MONTH : Shown.YEAR;
    }
}
