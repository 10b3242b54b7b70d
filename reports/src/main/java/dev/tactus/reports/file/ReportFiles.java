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
/// holds. What a file is, its first bytes tell, not its name.
public final class ReportFiles {
    private static final int MAGIC = 4;
    private static final int BUFFER = 1 << 16;

    private ReportFiles() {}

    /// Hands the contents over one by one; an archive is open while its contents are handed over.
    ///
    /// @throws BadReport if the path, or an archive as a whole, can't be used
    public static void each(Path path, Consumer<ReportFile> taker) {
        try {
            if (Files.isDirectory(path)) {
                for (Path file : filesOf(path)) {
                    one(file, taker);
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

    private static void one(Path file, Consumer<ReportFile> taker) throws IOException {
        String magic;
        try (InputStream in = Files.newInputStream(file)) {
            magic = HexFormat.of().formatHex(in.readNBytes(MAGIC));
        }
        if (magic.startsWith("504b")) {
            ZipArchive.each(file, taker);
        } else if (magic.startsWith("1f8b")) {
            taker.accept(new GzipFile(file));
        } else {
            taker.accept(ReportFile.plain(file));
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
