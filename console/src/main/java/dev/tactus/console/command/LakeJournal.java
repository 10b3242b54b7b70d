package dev.tactus.console.command;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.journal.BrokenJournal;
import dev.tactus.ledger.journal.JournalPart;
import dev.tactus.ledger.journal.LedgerJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The journal in the lake's folder: what its ledger holds, as it was before the lake's last change or later.
///
/// Parts are written beside those of before; the book, which names them, is replaced last, and then what it no longer
/// names goes. Killed in between, the old book and its parts are whole.
public final class LakeJournal {
    private static final String FOLDER = "journal";
    private static final String CATALOG = JournalPart.Kind.CATALOG.name().toLowerCase(Locale.ROOT);

    private final Path folder;
    private final DiskWriter disk;

    /// @param lake the lake's folder
    public LakeJournal(Path lake, DiskListener listener, FilePermissions permissions) {
        this.folder = lake.resolve(FOLDER);
        this.disk = new DiskWriter(listener, permissions);
    }

    /// Whether there is one.
    public boolean exists() {
        return Files.exists(book());
    }

    private Path book() {
        return folder.resolve(new JournalPart(JournalPart.Kind.BOOK, "", "").fileName());
    }

    /// Writes what has changed.
    public void write(Ledger ledger) {
        ledger.transaction(() -> writeAll(ledger.journal()));
    }

    private void writeAll(LedgerJournal journal) {
        List<JournalPart> parts = new ArrayList<>(journal.parts());
        JournalPart book = parts.removeLast();
        try {
            if (isWritten(journal, book)
                    && parts.stream().allMatch(part -> Files.exists(folder.resolve(part.fileName())))) {
                return;
            }
            disk.createFolder(folder);
            for (JournalPart part : parts) {
                if (!Files.exists(folder.resolve(part.fileName()))) {
                    disk.replace(folder.resolve(part.fileName()), out -> journal.write(part, List.of(), out));
                }
            }
            disk.replace(book(), out -> journal.write(book, parts, out));
            deleteBeside(parts);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write the journal " + folder + ": " + IoErrorText.of(e));
        }
    }

    private boolean isWritten(LedgerJournal journal, JournalPart book) throws IOException {
        if (!exists()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(book())) {
            return journal.head(in).mark().equals(book.mark());
        } catch (BrokenJournal e) {
            return false;
        }
    }

    private void deleteBeside(List<JournalPart> parts) throws IOException {
        Set<String> needed = new HashSet<>(Set.of(book().getFileName().toString()));
        parts.forEach(part -> needed.add(part.fileName()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!needed.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Reads it into a ledger that is empty.
    ///
    /// @return a line for each thing that could not be read
    public List<String> readInto(Ledger ledger) {
        List<String> lost = new ArrayList<>();
        List<Path> sound = new ArrayList<>(List.of(book()));
        LedgerJournal journal = ledger.journal();
        requireSound(journal, book());
        for (String name : parts(journal)) {
            Path file = folder.resolve(name);
            if (name.startsWith(CATALOG)) {
                requireSound(journal, file);
            }
            fault(journal, file).ifPresentOrElse(lost::add, () -> sound.add(file));
        }
        List<InputStream> opened = new ArrayList<>();
        try {
            for (Path file : sound) {
                opened.add(Files.newInputStream(file));
            }
            List<String> bodiless = journal.read(opened);
            bodiless.forEach(id -> lost.add("the payload of dead letter " + id));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal " + folder + ": " + IoErrorText.of(e));
        } finally {
            opened.forEach(LakeJournal::close);
        }
        return lost;
    }

    private List<String> parts(LedgerJournal journal) {
        try (InputStream in = Files.newInputStream(book())) {
            return journal.head(in).parts();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal " + book() + ": " + IoErrorText.of(e));
        }
    }

    private static void requireSound(LedgerJournal journal, Path file) {
        fault(journal, file).ifPresent(fault -> {
            throw CommandFailure.failed(
                    "the journal can't be read: " + fault + ". Bring both back from one backup" + " (tactus restore)");
        });
    }

    private static Optional<String> fault(LedgerJournal journal, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            journal.check(in);
            return Optional.empty();
        } catch (BrokenJournal e) {
            return Optional.of("the part " + file + " of the journal is damaged (" + e.getMessage() + ")");
        } catch (IOException e) {
            return Optional.of("the part " + file + " of the journal can't be read (" + IoErrorText.of(e) + ")");
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal: " + IoErrorText.of(e));
        }
    }
}
