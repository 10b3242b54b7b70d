package dev.tactus.reports.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/// An XLSX (ECMA-376, transitional or strict).
final class XlsxWorkbook implements Workbook {
    private record SheetPart(String name, String part, boolean hidden) {}

    /// What another part is to a part.
    private record Relation(String kind, String target) {}

    private final WorkbookParts parts;
    private final List<SheetPart> sheets;
    private final SharedStrings strings;
    private final CellFormats formats;
    private final boolean from1904;

    private XlsxWorkbook(
            WorkbookParts parts, List<SheetPart> sheets, SharedStrings strings, CellFormats formats, boolean from1904) {
        this.parts = parts;
        this.sheets = sheets;
        this.strings = strings;
        this.formats = formats;
        this.from1904 = from1904;
    }

    static XlsxWorkbook of(WorkbookParts parts) throws IOException {
        try {
            String main = relations(parts, "").values().stream()
                    .filter(relation -> relation.kind().equals("officeDocument"))
                    .map(Relation::target)
                    .findFirst()
                    .orElse("xl/workbook.xml");
            return read(parts, main);
        } catch (XMLStreamException e) {
            throw new BrokenWorkbook("its XML is damaged: " + e.getMessage(), e);
        }
    }

    private static XlsxWorkbook read(WorkbookParts parts, String main) throws IOException, XMLStreamException {
        Map<String, Relation> relations = relations(parts, main);
        List<SheetPart> sheets = new ArrayList<>();
        boolean from1904 = false;
        try (XmlStream in = new XmlStream(parts.require(main))) {
            while (in.next()) {
                if (in.begins("workbookPr")) {
                    from1904 = in.attribute("date1904")
                            .filter(text -> text.equals("1") || text.equals("true"))
                            .isPresent();
                } else if (in.begins("sheet")) {
                    Relation relation = relations.get(in.attribute("id").orElse(""));
                    // charts and dialogs are sheets as well
                    if (relation != null && relation.kind().equals("worksheet")) {
                        sheets.add(new SheetPart(
                                in.attribute("name").orElse(""),
                                relation.target(),
                                in.attribute("state")
                                        .filter(state -> !state.equals("visible"))
                                        .isPresent()));
                    }
                }
            }
        }
        Optional<InputStream> styles = part(parts, relations, "styles");
        CellFormats formats = styles.isPresent() ? CellFormats.read(styles.get()) : CellFormats.none();
        Optional<InputStream> strings = part(parts, relations, "sharedStrings");
        return new XlsxWorkbook(
                parts,
                List.copyOf(sheets),
                strings.isPresent() ? SharedStrings.read(strings.get()) : SharedStrings.none(),
                formats,
                from1904);
    }

    private static Optional<InputStream> part(WorkbookParts parts, Map<String, Relation> relations, String kind)
            throws IOException {
        for (Relation relation : relations.values()) {
            if (relation.kind().equals(kind)) {
                return parts.open(relation.target());
            }
        }
        return Optional.empty();
    }

    /// By their ids.
    private static Map<String, Relation> relations(WorkbookParts parts, String of)
            throws IOException, XMLStreamException {
        int slash = of.lastIndexOf('/') + 1;
        String folder = of.substring(0, slash);
        Map<String, Relation> relations = new HashMap<>();
        Optional<InputStream> part = parts.open(folder + "_rels/" + of.substring(slash) + ".rels");
        if (part.isEmpty()) {
            return relations;
        }
        try (XmlStream in = new XmlStream(part.get())) {
            while (in.next()) {
                if (in.begins("Relationship")) {
                    String type = in.attribute("Type").orElse("");
                    String target = in.attribute("Target").orElse("");
                    relations.put(
                            in.attribute("Id").orElse(""),
                            new Relation(
                                    type.substring(type.lastIndexOf('/') + 1),
                                    target.startsWith("/") ? target.substring(1) : resolved(folder, target)));
                }
            }
        }
        return relations;
    }

    private static String resolved(String folder, String target) {
        String from = folder;
        String to = target;
        while (to.startsWith("../") || to.startsWith("./")) {
            if (to.startsWith("../")) {
                from = from.substring(0, from.lastIndexOf('/', Math.max(0, from.length() - 2)) + 1);
            }
            to = to.substring(to.indexOf('/') + 1);
        }
        return from + to;
    }

    @Override
    public List<String> sheets() {
        return sheets.stream().map(SheetPart::name).toList();
    }

    @Override
    public boolean isHidden(int sheet) {
        return sheets.get(sheet).hidden();
    }

    @Override
    public SheetText text(int sheet) throws IOException {
        try {
            return new SheetText(new XlsxRows(parts.require(sheets.get(sheet).part()), strings, formats, from1904));
        } catch (XMLStreamException e) {
            throw new BrokenWorkbook("its XML is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        strings.close();
    }
}
