package dev.tactus.console.command;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.journal.BrokenJournal;
import dev.tactus.ledger.journal.JournalPart;
import dev.tactus.ledger.journal.JournalVerdict;
import dev.tactus.ledger.journal.LedgerJournal;
import dev.tactus.ledger.publications.Bond;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The journal in the lake's folder: what its ledger holds, as it was before the lake's last change or later.
///
/// Parts are written beside those of before; the book, which names them, is replaced last, and then what it no longer
/// names goes. Killed in between, the old book and its parts are whole.
public final class LakeJournal {
    private static final String FOLDER = "journal";
    private static final int TRIES = 3;
    private static final String REMEDY =
            ". Bring ledger and lake back from one backup (tactus restore), or make the ledger anew from the lake, as"
                    + " the journal has it (tactus ledger rebuild).";
    private static final String ANEW = "The next command that changes the lake writes it anew";
    private static final String CATALOG = JournalPart.Kind.CATALOG.name().toLowerCase(Locale.ROOT);

    private final LakePlace place;
    private final DiskListener listener;
    private final FilePermissions permissions;

    /// @param place where the lake is
    public LakeJournal(LakePlace place, DiskListener listener, FilePermissions permissions) {
        this.place = place;
        this.listener = listener;
        this.permissions = permissions;
    }

    private LakeFiles open() {
        return place.open(listener, permissions);
    }

    /// Whether there is one.
    public boolean exists() {
        if (!place.exists()) {
            return false;
        }
        try (LakeFiles files = open()) {
            return files.find(book(files)).isPresent();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal of " + place + ": " + IoErrorText.of(e));
        }
    }

    private static Path folder(LakeFiles files) {
        return files.folder().resolve(FOLDER);
    }

    private static Path book(LakeFiles files) {
        return folder(files).resolve(new JournalPart(JournalPart.Kind.BOOK, "", "").fileName());
    }

    /// Writes what has changed.
    public void write(Ledger ledger) {
        try (LakeFiles files = open()) {
            ledger.transaction(() -> writeAll(ledger, files));
        }
    }

    private void writeAll(Ledger ledger, LakeFiles files) {
        LedgerJournal journal = ledger.journal();
        Path folder = folder(files);
        List<JournalPart> parts = new ArrayList<>(journal.parts());
        JournalPart book = parts.removeLast();
        try {
            Set<Path> there = new HashSet<>(files.under(folder));
            if (isWritten(journal, book, files)
                    && parts.stream().allMatch(part -> there.contains(folder.resolve(part.fileName())))) {
                ledger.bonds().seal(book.mark());
                return;
            }
            for (JournalPart part : parts) {
                if (!there.contains(folder.resolve(part.fileName()))) {
                    files.replace(folder.resolve(part.fileName()), out -> journal.write(part, List.of(), out));
                }
            }
            files.replace(book(files), out -> journal.write(book, parts, out));
            ledger.bonds().seal(book.mark());
            deleteBeside(parts, files);
        } catch (IOException e) {
            throw notWritten(e);
        } catch (UncheckedIOException e) {
            throw notWritten(Objects.requireNonNull(e.getCause()));
        }
    }

    private CommandFailure notWritten(IOException e) {
        return CommandFailure.failed("cannot write the journal of " + place + ": " + IoErrorText.of(e)
                + ". Run the same command again once that is mended");
    }

    private static boolean isWritten(LedgerJournal journal, JournalPart book, LakeFiles files) throws IOException {
        if (files.find(book(files)).isEmpty()) {
            return false;
        }
        try (InputStream in = files.read(book(files))) {
            return journal.head(in).mark().equals(book.mark());
        } catch (BrokenJournal e) {
            return false;
        }
    }

    private static void deleteBeside(List<JournalPart> parts, LakeFiles files) throws IOException {
        Set<String> needed = new HashSet<>(Set.of(book(files).getFileName().toString()));
        parts.forEach(part -> needed.add(part.fileName()));
        for (Path file : files.under(folder(files))) {
            if (!needed.contains(file.getFileName().toString())) {
                files.delete(file);
            }
        }
    }

    /// What is wrong with it, or with decisions beside it, a line each; nothing where earlier versions kept none.
    public JournalVerdict faults(Ledger ledger) {
        if (!exists()) {
            return new JournalVerdict(
                    ledger.bonds().get().mark().isEmpty()
                            ? List.of()
                            : List.of("it is missing in " + place + ". " + ANEW),
                    List.of());
        }
        JournalVerdict verdict = faultsNow(ledger);
        for (int again = 0; again < TRIES && !verdict.wrong().isEmpty(); again++) {
            Bond before = ledger.bonds().get();
            verdict = faultsNow(ledger);
            if (before.equals(ledger.bonds().get())) {
                return verdict;
            }
        }
        return verdict;
    }

    private JournalVerdict faultsNow(Ledger ledger) {
        try (LakeFiles files = open()) {
            LedgerJournal journal = ledger.journal();
            List<String> faults = new ArrayList<>();
            fault(journal, book(files), files).ifPresent(faults::add);
            if (faults.isEmpty()) {
                parts(journal, files)
                        .forEach(name -> fault(journal, folder(files).resolve(name), files)
                                .ifPresent(faults::add));
            }
            if (!faults.isEmpty()) {
                return new JournalVerdict(
                        faults.stream()
                                .map(fault -> fault + ". Delete that file. " + ANEW)
                                .toList(),
                        List.of());
            }
            JournalVerdict compared = compared(ledger, files, LedgerJournal::compare);
            return new JournalVerdict(
                    compared.wrong().stream().map(what -> what + REMEDY).toList(), compared.since());
        }
    }

    private interface Comparison {
        JournalVerdict of(LedgerJournal journal, LedgerJournal.PartSource parts);
    }

    private JournalVerdict compared(Ledger ledger, LakeFiles files, Comparison comparison) {
        try {
            return comparison.of(
                    ledger.journal(), name -> files.read(folder(files).resolve(name)));
        } catch (UncheckedIOException e) {
            throw CommandFailure.failed("cannot read the journal of " + place + ": "
                    + IoErrorText.of(Objects.requireNonNull(e.getCause())));
        }
    }

    /// Refuses to go on from rows that another hand has changed: they would be noted here next.
    void requireUnchanged(Ledger ledger) {
        if (!exists()) {
            return;
        }
        try (LakeFiles files = open()) {
            if (fault(ledger.journal(), book(files), files).isEmpty()) {
                compared(ledger, files, LedgerJournal::compareBook).wrong().stream()
                        .findFirst()
                        .ifPresent(what -> {
                            throw CommandFailure.failed(what + REMEDY + " Nothing was touched");
                        });
            }
        }
    }

    /// The same for whoever changes the ledger and not the lake; looks into the journal only where it has to.
    void requireSealed(Ledger ledger) {
        if (!ledger.journal().isAsSealed()) {
            requireUnchanged(ledger);
        }
    }

    /// Reads it into a ledger that is empty.
    ///
    /// @return a line for each thing that could not be read
    public List<String> readInto(Ledger ledger) {
        try (LakeFiles files = open()) {
            return readInto(ledger, files);
        }
    }

    private List<String> readInto(Ledger ledger, LakeFiles files) {
        List<String> lost = new ArrayList<>();
        Path book = book(files);
        List<Path> sound = new ArrayList<>(List.of(book));
        LedgerJournal journal = ledger.journal();
        requireSound(journal, book, files);
        for (String name : parts(journal, files)) {
            Path file = folder(files).resolve(name);
            if (name.startsWith(CATALOG)) {
                requireSound(journal, file, files);
            }
            fault(journal, file, files).ifPresentOrElse(lost::add, () -> sound.add(file));
        }
        List<InputStream> opened = new ArrayList<>();
        try {
            for (Path file : sound) {
                opened.add(files.read(file));
            }
            List<String> bodiless = journal.read(opened);
            bodiless.forEach(id -> lost.add("the payload of dead letter " + id));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal of " + place + ": " + IoErrorText.of(e));
        } finally {
            opened.forEach(LakeJournal::close);
        }
        return lost;
    }

    private List<String> parts(LedgerJournal journal, LakeFiles files) {
        try (InputStream in = files.read(book(files))) {
            return journal.head(in).parts();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal of " + place + ": " + IoErrorText.of(e));
        }
    }

    private static void requireSound(LedgerJournal journal, Path file, LakeFiles files) {
        fault(journal, file, files).ifPresent(fault -> {
            throw CommandFailure.failed(
                    "the journal can't be read: " + fault + ". Bring both back from one backup" + " (tactus restore)");
        });
    }

    private static Optional<String> fault(LedgerJournal journal, Path file, LakeFiles files) {
        try (InputStream in = files.read(file)) {
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
