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
import dev.tactus.ledger.journal.LedgerJournal;
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
import java.util.function.Function;

/// The journal in the lake's folder: what its ledger holds, as it was before the lake's last change or later.
///
/// Parts are written beside those of before; the book, which names them, is replaced last, and then what it no longer
/// names goes. Killed in between, the old book and its parts are whole.
public final class LakeJournal {
    private static final String FOLDER = "journal";
    private static final String DECISIONS = "variance_decision";
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
            ledger.transaction(() -> writeAll(ledger.journal(), files));
        }
    }

    private void writeAll(LedgerJournal journal, LakeFiles files) {
        Path folder = folder(files);
        List<JournalPart> parts = new ArrayList<>(journal.parts());
        JournalPart book = parts.removeLast();
        try {
            Set<Path> there = new HashSet<>(files.under(folder));
            if (isWritten(journal, book, files)
                    && parts.stream().allMatch(part -> there.contains(folder.resolve(part.fileName())))) {
                return;
            }
            for (JournalPart part : parts) {
                if (!there.contains(folder.resolve(part.fileName()))) {
                    files.replace(folder.resolve(part.fileName()), out -> journal.write(part, List.of(), out));
                }
            }
            files.replace(book(files), out -> journal.write(book, parts, out));
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
    public List<String> faults(Ledger ledger) {
        if (!exists()) {
            return ledger.bonds().get().mark().isEmpty()
                    ? List.of()
                    : List.of("it is missing in " + place + ". " + ANEW);
        }
        try (LakeFiles files = open()) {
            LedgerJournal journal = ledger.journal();
            List<String> faults = new ArrayList<>();
            fault(journal, book(files), files).ifPresent(faults::add);
            if (faults.isEmpty()) {
                parts(journal, files)
                        .forEach(name -> fault(journal, folder(files).resolve(name), files)
                                .ifPresent(faults::add));
                decisions(journal, files).ifPresent(faults::add);
            }
            return faults.stream()
                    .map(fault -> fault.endsWith(")") ? fault + ". Delete that file. " + ANEW : fault)
                    .toList();
        }
    }

    /// Whoever decides on a variance, or imports a report, has it copied here at once.
    private static Optional<String> decisions(LedgerJournal journal, LakeFiles files) {
        return changed("a decision on a variance", files, in -> journal.gone(in, DECISIONS))
                .or(() -> changed("what the ledger says of a report", files, journal::goneForGood));
    }

    private static Optional<String> changed(String what, LakeFiles files, Function<InputStream, List<String>> gone) {
        try (InputStream in = files.read(book(files))) {
            return gone.apply(in).stream()
                    .findFirst()
                    .map(line -> what + " was changed or taken away in the ledger behind our back: the"
                            + " journal says " + line.replace("\t", " ").replace("\\n", " ")
                            + ". Bring ledger and lake back from one backup (tactus restore), or make the ledger anew"
                            + " from the lake, as the journal has it (tactus ledger rebuild).");
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the journal: " + IoErrorText.of(e));
        }
    }

    /// Refuses to go on from reports or decisions that are not what was noted here: they would be noted next.
    void requireUnchanged(Ledger ledger) {
        if (!exists()) {
            return;
        }
        try (LakeFiles files = open()) {
            if (fault(ledger.journal(), book(files), files).isEmpty()) {
                changed("what the ledger says of a report, or of a variance,", files, ledger.journal()::goneForGood)
                        .ifPresent(what -> {
                            throw CommandFailure.failed(what + " Nothing was touched");
                        });
            }
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
