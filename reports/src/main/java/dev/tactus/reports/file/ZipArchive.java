package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
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
            if (WorkbookFile.isWorkbook(zip)) {
                WorkbookFile.packed(file.toString(), zip, taker);
                return;
            }
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            check(file, entries);
            for (ZipEntry entry : entries) {
                if (!isLitter(entry.getName())) {
                    ReportFiles.unpacked(new Entry(file, zip, entry), taker);
                }
            }
        } catch (ZipException e) {
            throw damaged(file.toString(), e);
        }
    }

    /// An archive within an archive: taken where it is a spreadsheet, through a temporary file under a name of ours.
    static void within(ReportFile content, Consumer<ReportFile> taker) throws IOException {
        Path unpacked = Files.createTempFile("tactus-workbook", ".tmp");
        try {
            try (InputStream in = content.open()) {
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            try (ZipFile zip = new ZipFile(unpacked.toFile())) {
                if (WorkbookFile.isWorkbook(zip)) {
                    WorkbookFile.packed(content.name(), zip, taker);
                } else {
                    taker.accept(ReportFile.unusable(content.name(), nested(content.name())));
                }
            } catch (ZipException e) {
                taker.accept(ReportFile.unusable(content.name(), damaged(content.name(), e)));
            }
        } finally {
            Files.delete(unpacked);
        }
    }

    static BadReport nested(String name) {
        return new BadReport(
                name + ": is an archive inside an archive, which is not supported; unpack the outer archive"
                        + " and import its files");
    }

    private static BadReport damaged(String name, ZipException e) {
        return new BadReport(
                name + ": is a damaged or incomplete zip archive: " + e.getMessage() + ". Request it again", e);
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
        }
    }

    /// What file managers leave behind.
    private static boolean isLitter(String name) {
        return name.startsWith("__MACOSX/")
                || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
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
