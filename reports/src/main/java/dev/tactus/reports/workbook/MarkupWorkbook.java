package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/// A spreadsheet whose sheets follow one another in one document: OpenDocument, or Excel's XML of 2003.
final class MarkupWorkbook implements Workbook {
    /// Opens the document from its beginning.
    interface Document {
        InputStream open() throws IOException;
    }

    private final Document document;
    private final MarkupDialect dialect;
    private final List<String> sheets = new ArrayList<>();
    /// By their places.
    private final Set<Integer> hidden = new HashSet<>();

    MarkupWorkbook(Document document, MarkupDialect dialect) throws IOException {
        this.document = document;
        this.dialect = dialect;
        try (XmlStream in = new XmlStream(document.open())) {
            String style = "";
            Set<String> unseen = new HashSet<>();
            while (in.next()) {
                if (in.begins("style")) {
                    style = in.attribute("name").orElse("");
                } else if (in.begins("table-properties")
                        && in.attribute("display").filter("false"::equals).isPresent()) {
                    unseen.add(style);
                } else if (in.begins(dialect.sheet())) {
                    if (in.attribute("style-name").filter(unseen::contains).isPresent()) {
                        hidden.add(sheets.size());
                    }
                    sheets.add(
                            in.attribute("name").or(() -> in.attribute("Name")).orElse(""));
                    within(in);
                }
            }
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /// Past a sheet, whose options stand behind its rows where it is one of Excel's.
    private void within(XmlStream in) throws XMLStreamException {
        while (in.next() && !in.ends(dialect.sheet())) {
            if (in.begins("Visible")) {
                if (!in.text().strip().equals("SheetVisible")) {
                    hidden.add(sheets.size() - 1);
                }
            } else if (in.begins() && !in.begins("WorksheetOptions")) {
                in.skip();
            }
        }
    }

    private static BrokenWorkbook damaged(XMLStreamException e) {
        return new BrokenWorkbook("its XML is damaged: " + e.getMessage(), e);
    }

    @Override
    public List<String> sheets() {
        return List.copyOf(sheets);
    }

    @Override
    public boolean isHidden(int sheet) {
        return hidden.contains(sheet);
    }

    @Override
    public SheetText text(int sheet) throws IOException {
        try {
            XmlStream in = new XmlStream(document.open());
            int at = -1;
            while (at < sheet && in.next()) {
                if (in.begins(dialect.sheet())) {
                    at++;
                    if (at < sheet) {
                        in.skip();
                    }
                }
            }
            return new SheetText(new MarkupRows(in, dialect));
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
