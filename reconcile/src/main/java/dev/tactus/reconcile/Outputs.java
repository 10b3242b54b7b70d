package dev.tactus.reconcile;

import dev.tactus.lake.Lake;
import dev.tactus.lake.Workbench;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The files that a reconciliation leaves for people, in a folder of theirs: each is there whole or not at all.
public final class Outputs {
    private final Lake lake;
    private final Path folder;
    private final int megabytes;

    public Outputs(Lake lake, Path folder, int megabytes) {
        this.lake = lake;
        this.folder = folder;
        this.megabytes = megabytes;
    }

    /// Writes what a reconciliation came to.
    ///
    /// @throws UncheckedIOException if the folder can't be written
    public List<Path> write(Reconciliation done, Coverage coverage) {
        String name = done.source() + "-" + done.period();
        List<Path> files = new ArrayList<>();
        try (Workbench bench = lake.workbench(megabytes, done.snapshots())) {
            ClosedCsv csv = new ClosedCsv(bench, done.source(), done.period());
            files.add(whole(name + ".csv", csv::reconciled));
            if (!done.adjustments().isEmpty()) {
                files.add(whole(name + "-adjustments.csv", csv::adjustments));
            }
        }
        return List.copyOf(files);
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private Path whole(String name, Content content) {
        Path file = folder.resolve(name);
        Path draft = folder.resolve("." + name + ".new");
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.write(out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
