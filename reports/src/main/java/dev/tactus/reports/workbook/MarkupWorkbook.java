package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
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

    MarkupWorkbook(Document document, MarkupDialect dialect) throws IOException {
        this.document = document;
        this.dialect = dialect;
        try (XmlStream in = new XmlStream(document.open())) {
            while (in.next()) {
                if (in.begins(dialect.sheet())) {
                    sheets.add(
                            in.attribute("name").or(() -> in.attribute("Name")).orElse(""));
                    in.skip();
                }
            }
        } catch (XMLStreamException e) {
            throw damaged(e);
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
