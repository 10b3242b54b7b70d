package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import dev.tactus.reports.workbook.BrokenWorkbook;
import dev.tactus.reports.workbook.SheetText;
import dev.tactus.reports.workbook.Workbook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A spreadsheet, as its sheets. One that has a single sheet with rows is called as the file itself, others
/// `book.xlsx/sheet`.
record WorkbookFile(String name, List<ReportFile> sheets) implements ReportFile {
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet";
    private static final String EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet";
    private static final int HEAD = 4_096;

    @Override
    public InputStream open() {
        throw new BadReport(name + ": is a spreadsheet, which is read sheet by sheet");
    }

    /// One of its sheets.
    private record SheetFile(String name, Workbook workbook, int sheet) implements ReportFile {
        @Override
        public InputStream open() throws IOException {
            return workbook.text(sheet);
        }

        @Override
        public boolean isHidden() {
            return workbook.isHidden(sheet);
        }
    }

    /// Whether an archive is a spreadsheet or another office document.
    static boolean isWorkbook(ZipFile zip) throws IOException {
        return zip.getEntry("[Content_Types].xml") != null || mimeType(zip).startsWith("application/vnd.oasis");
    }

    private static String mimeType(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry("mimetype");
        if (entry == null) {
            return "";
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(100), StandardCharsets.US_ASCII);
        }
    }

    static void packed(String name, ZipFile zip, Consumer<ReportFile> taker) throws IOException {
        boolean openDocument = mimeType(zip).startsWith(OPEN_DOCUMENT);
        if (zip.getEntry("xl/workbook.bin") != null) {
            throw new BadReport(name + ": is a binary Excel workbook (.xlsb), which is not read; open it, save it as"
                    + " .xlsx, and import that");
        }
        if (!openDocument && zip.stream().noneMatch(entry -> entry.getName().startsWith("xl/"))) {
            throw new BadReport(
                    name + ": is an office document but no spreadsheet with sheets. Ask the sender for CSV or XLSX");
        }
        try (Workbook workbook = openDocument
                ? Workbook.openDocument(part -> opened(name, zip, part))
                : Workbook.xlsx(part -> opened(name, zip, part))) {
            hand(name, workbook, taker);
        } catch (BrokenWorkbook e) {
            throw broken(name, e);
        }
    }

    private static Optional<InputStream> opened(String name, ZipFile zip, String part) throws IOException {
        Optional<ZipEntry> entry = Optional.ofNullable(zip.getEntry(part));
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(new DecompressionGuard(
                        zip.getInputStream(entry.get()),
                        name,
                        Math.max(1, entry.get().getCompressedSize())));
    }

    /// Hands it over as it is, unless it is a spreadsheet of one document.
    static void orText(ReportFile content, Consumer<ReportFile> taker) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(HEAD);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (!start.contains(EXCEL_2003) || start.contains("<html")) {
            taker.accept(content);
            return;
        }
        try (Workbook workbook = Workbook.xml2003(_ -> Optional.of(content.open()))) {
            hand(content.name(), workbook, taker);
        } catch (BrokenWorkbook e) {
            throw broken(content.name(), e);
        }
    }

    private static void hand(String name, Workbook workbook, Consumer<ReportFile> taker) throws IOException {
        List<String> names = workbook.sheets();
        List<ReportFile> sheets = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            try (SheetText text = workbook.text(i)) {
                if (text.read() >= 0) {
                    sheets.add(new SheetFile(name + "/" + names.get(i), workbook, i));
                }
            }
        }
        if (sheets.isEmpty()) {
            throw new BadReport(name + ": contains no rows on "
                    + (names.size() == 1 ? "its only sheet" : "any of its " + names.size() + " sheets"));
        }
        if (sheets.size() == 1) {
            SheetFile only = (SheetFile) sheets.getFirst();
            sheets.set(0, new SheetFile(name, workbook, only.sheet()));
        }
        taker.accept(new WorkbookFile(name, List.copyOf(sheets)));
    }

    private static BadReport broken(String name, BrokenWorkbook e) {
        return new BadReport(
                name + ": is a damaged spreadsheet: " + e.getMessage()
                        + ". Request it again, or open it and save it as .xlsx",
                e);
    }
}
