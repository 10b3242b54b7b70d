package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// What was delivered at a path: a file, the files of a folder in the order of their names, what a `.gz` or a `.zip`
/// holds, spreadsheets among them. What a file is, its first bytes tell, not its name.
public final class ReportFiles {
    private static final int MAGIC = 4;
    private static final String ZIP = "504b";
    private static final String GZIP = "1f8b";
    private static final int BUFFER = 1 << 16;

    private ReportFiles() {}

    /// Hands the contents over one by one; an archive or a spreadsheet is open while its contents are handed over.
    /// In a folder what can't be used is handed over as such, so that it doesn't keep the files after it.
    ///
    /// @throws BadReport if the path, or an archive that is all there is, can't be used
    public static void each(Path path, Consumer<ReportFile> taker) {
        try {
            if (Files.isDirectory(path)) {
                for (Path file : filesOf(path)) {
                    oneOfSeveral(file, taker);
                }
            } else {
                one(path, taker);
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !hidden(folder.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static void oneOfSeveral(Path file, Consumer<ReportFile> taker) {
        try {
            one(file, taker);
        } catch (IOException e) {
            taker.accept(ReportFile.unusable(file.toString(), unreadable(file, e)));
        } catch (BadReport e) {
            taker.accept(ReportFile.unusable(file.toString(), e));
        }
    }

    private static void one(Path file, Consumer<ReportFile> taker) throws IOException {
        String magic;
        try (InputStream in = Files.newInputStream(file)) {
            magic = HexFormat.of().formatHex(in.readNBytes(MAGIC));
        }
        if (magic.startsWith(ZIP)) {
            ZipArchive.each(file, taker);
        } else if (magic.startsWith(GZIP)) {
            unpacked(new GzipFile(file), taker);
        } else {
            WorkbookFile.orText(ReportFile.plain(file), taker);
        }
    }

    /// What comes out of an archive: a spreadsheet, which is an archive itself, or a text.
    static void unpacked(ReportFile content, Consumer<ReportFile> taker) throws IOException {
        String magic;
        try (InputStream in = content.open()) {
            magic = HexFormat.of().formatHex(in.readNBytes(MAGIC));
        } catch (BadReport e) {
            taker.accept(ReportFile.unusable(content.name(), e));
            return;
        }
        if (magic.startsWith(ZIP)) {
            ZipArchive.within(content, taker);
        } else if (magic.startsWith(GZIP)) {
            taker.accept(ReportFile.unusable(content.name(), ZipArchive.nested(content.name())));
        } else {
            WorkbookFile.orText(content, taker);
        }
    }

    public static BadReport unreadable(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new BadReport(file + ": no such file or folder", e);
            case AccessDeniedException _ -> new BadReport(file + ": permission denied; give this user read access", e);
            default -> new BadReport(file + ": cannot be read: " + e.getMessage(), e);
        };
    }

    private record GzipFile(Path file) implements ReportFile {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public InputStream open() throws IOException {
            InputStream packed = new BufferedInputStream(Files.newInputStream(file), BUFFER);
            try {
                return new DecompressionGuard(new GZIPInputStream(packed, BUFFER), name(), Files.size(file));
            } catch (IOException e) {
                packed.close();
                throw DecompressionGuard.broken(name(), e);
            }
        }
    }
}
