package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files in a `.zip`. Nothing is ever written to disk under a name from the archive; one with a name that points
/// outside of it is refused all the same, for nobody packs reports like that.
final class ZipArchive {
    private static final int MOST_FILES = 10_000;

    private ZipArchive() {}

    static void each(Path file, Consumer<ReportFile> taker) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            check(file, entries);
            for (ZipEntry entry : entries) {
                if (!isLitter(entry.getName())) {
                    ReportFile content = new Entry(file, zip, entry);
                    refuseNested(content);
                    taker.accept(content);
                }
            }
        } catch (ZipException e) {
            throw new BadReport(
                    file + ": is a damaged or incomplete zip archive: " + e.getMessage() + ". Request it again", e);
        }
    }

    private static void check(Path file, List<? extends ZipEntry> entries) {
        if (entries.size() > MOST_FILES) {
            throw new BadReport(file + ": contains " + entries.size() + " files, the limit is " + MOST_FILES
                    + "; unpack it and import the folder");
        }
        for (ZipEntry entry : entries) {
            String name = entry.getName().replace('\\', '/');
            if (name.startsWith("/")
                    || name.matches("[A-Za-z]:.*")
                    || List.of(name.split("/", -1)).contains("..")) {
                throw new BadReport(file + ": the entry \"" + entry.getName()
                        + "\" points outside the archive. Nothing was imported; ask the sender");
            }
            if (name.equals("[Content_Types].xml")) {
                throw new BadReport(file + ": is a spreadsheet or an office document, not a text report."
                        + " Save its sheet as CSV (UTF-8) and import that");
            }
        }
    }

    /// What file managers leave behind.
    private static boolean isLitter(String name) {
        return name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
    }

    private static void refuseNested(ReportFile content) throws IOException {
        try (InputStream in = content.open()) {
            String magic = HexFormat.of().formatHex(in.readNBytes(4));
            if (magic.startsWith("504b0304") || magic.startsWith("1f8b")) {
                throw new BadReport(content.name()
                        + ": is an archive inside an archive, which is not supported; unpack the outer archive and"
                        + " import its files");
            }
        }
    }

    private record Entry(Path file, ZipFile zip, ZipEntry entry) implements ReportFile {
        @Override
        public String name() {
            return file + "/" + entry.getName();
        }

        @Override
        public InputStream open() throws IOException {
            try {
                return new DecompressionGuard(
                        zip.getInputStream(entry), name(), Math.max(entry.getCompressedSize(), 1));
            } catch (ZipException e) {
                String message = String.valueOf(e.getMessage());
                if (message.toLowerCase(Locale.ROOT).contains("encrypt")) {
                    throw new BadReport(name() + ": is encrypted; decrypt it and import the files", e);
                }
                throw DecompressionGuard.broken(name(), e);
            }
        }
    }
}
