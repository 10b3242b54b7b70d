package dev.tactus.reports.file;

import dev.tactus.reports.BadReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// What was delivered at a path: a file, the files of a folder in the order of their names, what a `.gz` or a `.zip`
/// holds, spreadsheets among them. What a file is, its first bytes tell, not its name.
public final class ReportFiles {
    private static final int MAGIC = 4;
    private static final String ZIP = "504b";
    private static final String GZIP = "1f8b";
    private static final int BUFFER = 1 << 16;

    /// What is never a report, though it lies in a folder that is imported: our own.
    private final Set<Path> leftAside;

    /// What files' names begin with and are not called by; empty where they are called by their whole path.
    private final String waiting;

    /// One that leaves files and folders aside.
    public ReportFiles(Collection<Path> leftAside) {
        this(leftAside.stream().map(ReportFiles::real).collect(Collectors.toUnmodifiableSet()), "");
    }

    private ReportFiles(Set<Path> leftAside, String waiting) {
        this.leftAside = leftAside;
        this.waiting = waiting;
    }

    /// The same, whose files are called as they stand in a folder.
    public ReportFiles namedWithin(Path folder) {
        return new ReportFiles(leftAside, folder + folder.getFileSystem().getSeparator());
    }

    /// Hands the contents over one by one; an archive or a spreadsheet is open while its contents are handed over.
    /// In a folder what can't be used is handed over as such, so that it doesn't keep the files after it.
    ///
    /// @throws BadReport if the path, or an archive that is all there is, can't be used
    public void each(Path path, Consumer<ReportFile> whoTakes) {
        Consumer<ReportFile> taker = waiting.isEmpty() ? whoTakes : file -> whoTakes.accept(called(file));
        try {
            if (Files.isDirectory(path)) {
                for (Path file : filesOf(path)) {
                    if (Files.isRegularFile(file)) {
                        oneOfSeveral(file, taker);
                    } else {
                        taker.accept(ReportFile.unusable(file.toString(), link(file)));
                    }
                }
            } else {
                one(path, taker);
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private ReportFile called(ReportFile file) {
        record CalledFile(ReportFile file, String name, List<ReportFile> sheets) implements ReportFile {
            @Override
            public InputStream open() throws IOException {
                return file.open();
            }
        }
        return file.name().startsWith(waiting)
                ? new CalledFile(
                        file,
                        file.name().substring(waiting.length()),
                        file.sheets().stream().map(this::called).toList())
                : file;
    }

    /// Links too that lead to no file: what they should have led to is missing from the delivery.
    private List<Path> filesOf(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                return !inner.equals(folder) && (isHidden(inner) || leftAside.contains(real(inner)))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isHidden(file)
                        && !leftAside.contains(real(file))
                        && (attributes.isSymbolicLink() || attributes.isRegularFile())) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static BadReport link(Path file) {
        return new BadReport(
                Files.exists(file)
                        ? file + ": a link to something that is no file; import what it leads to by its own path"
                        : file + ": a link to a file that does not exist; was it moved or deleted?");
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
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
