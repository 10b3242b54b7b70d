package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Files in an object store, with bounded copies on this machine for engines that read and write local files.
///
/// What an engine has written is digested and sent before anything refers to it; what is fetched is compared with the
/// digest that was noted. The copies are this process's own and go with it: what counts is in the store.
public final class StoredFiles implements LakeFiles {
    private final Path folder;
    private final ObjectStore store;
    private final ProcessFolder own;
    private final Path here;
    private final LocalCopies copies;
    private final DiskListener listener;
    private final FilePermissions permissions;

    /// @param address of the store, such as `s3://bucket/prefix`
    /// @param cache a folder on this machine in which this process makes one of its own
    /// @param mostBytes that copies take
    public StoredFiles(
            String address,
            ObjectStore store,
            Path cache,
            long mostBytes,
            DiskListener listener,
            FilePermissions permissions) {
        this.folder = DurableFileIO.path(address);
        this.store = store;
        this.copies = new LocalCopies(mostBytes);
        this.listener = listener;
        this.permissions = permissions;
        try {
            this.own = ProcessFolder.in(cache, permissions);
            this.here = own.path();
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + cache + " for local copies can't be made", e);
        }
    }

    private String key(Path file) {
        return folder.relativize(file).toString();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Optional<FileState> find(Path file) throws IOException {
        return store.find(key(file));
    }

    @Override
    public List<Path> under(Path below) throws IOException {
        String prefix = key(below);
        return store.list(prefix.isEmpty() ? "" : prefix + "/").stream()
                .map(folder::resolve)
                .toList();
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return store.read(key(file));
    }

    @Override
    public Sha256 digest(Path file) throws IOException {
        return fetch(file, false);
    }

    @Override
    public Path place(Path file) {
        return here.resolve(key(file));
    }

    @Override
    public Path named(Path place) {
        return folder.resolve(here.relativize(place).toString());
    }

    @Override
    public Path local(Path file, Optional<Sha256> noted) throws IOException {
        Path place = place(file);
        Optional<Sha256> there = copies.use(place);
        if (there.isPresent() && (noted.isEmpty() || noted.equals(there))) {
            return place;
        }
        Sha256 fetched = fetch(file, true);
        if (noted.isPresent() && !noted.get().equals(fetched)) {
            throw new LakeDamaged(
                    "the file " + DurableFileIO.location(file) + " was changed since it was written: its SHA-256 is "
                            + fetched + ", and was " + noted.get() + ". " + LakeDamaged.REMEDY,
                    null);
        }
        return place;
    }

    /// Brings a file to its place here, whole, and says what came.
    private Sha256 fetch(Path file, boolean inUse) throws IOException {
        long size = find(file)
                .orElseThrow(() -> new NoSuchFileException(DurableFileIO.location(file)))
                .bytes();
        Path place = place(file);
        copies.remove(place);
        copies.makeRoom(size);
        Path draft = draft(place);
        try {
            Sha256Stream digest = new Sha256Stream();
            long bytes;
            try (InputStream from = read(file);
                    OutputStream to = digest.over(Files.newOutputStream(draft))) {
                bytes = from.transferTo(to);
            }
            permissions.file(draft);
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Sha256 fetched = digest.digest();
            copies.add(place, fetched, bytes, inUse);
            return fetched;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path draft(Path place) throws IOException {
        Path draft = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID());
        Files.createDirectories(draft.resolveSibling(""));
        return draft;
    }

    @Override
    public void release(Collection<Path> files) {
        copies.release(files.stream().map(this::place).toList());
    }

    @Override
    public void makeFolder(Path made) throws IOException {
        Files.createDirectories(place(made));
    }

    @Override
    public void permit(Path place) throws IOException {
        permissions.file(place);
    }

    @Override
    public void closed(Path place) throws IOException {
        listener.reached(DiskListener.DiskStep.CLOSED, place);
    }

    @Override
    public void keep(Path place, Path file) throws IOException {
        permit(place);
        Sha256 digest = Sha256.of(place);
        send(file, place, digest, false);
        Path named = place(file);
        if (!named.equals(place)) {
            Files.move(place, named, StandardCopyOption.ATOMIC_MOVE);
        }
        copies.add(named, digest, Files.size(named), true);
        listener.reached(DiskListener.DiskStep.FORCED, file);
    }

    /// Sends a file. Where one of that name is there already, an answer to this very file may have been lost: its
    /// content tells.
    private void send(Path file, Path content, Sha256 digest, boolean anew) throws IOException {
        try {
            store.write(key(file), content, anew);
        } catch (FileAlreadyExistsException e) {
            Sha256Stream there = new Sha256Stream();
            try (InputStream from = read(file);
                    OutputStream to = there.over(OutputStream.nullOutputStream())) {
                from.transferTo(to);
            }
            if (!there.digest().equals(digest)) {
                throw e;
            }
        }
    }

    @Override
    public void keepFolder(Path kept) {
        // an object is found as soon as it is there
    }

    @Override
    public OutputStream create(Path file, boolean anew) throws IOException {
        return new SentOutputStream(file, draft(place(file)), anew);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        try (OutputStream out = create(file, true)) {
            out.write(content);
        }
    }

    @Override
    public void replace(Path file, Consumer<OutputStream> content) throws IOException {
        // what fails halfway is not sent
        SentOutputStream out = new SentOutputStream(file, draft(place(file)), true);
        boolean whole = false;
        try {
            content.accept(out);
            whole = true;
        } finally {
            if (!whole) {
                out.abandon();
            }
        }
        out.close();
    }

    @Override
    public boolean delete(Path file) throws IOException {
        boolean there = find(file).isPresent();
        store.delete(key(file));
        copies.remove(place(file));
        return there;
    }

    @Override
    public void tidy(Path tidied) {
        // a store has no folders
    }

    @Override
    public boolean isSame(Path file, Path other) {
        return file.equals(other);
    }

    @Override
    public Path temporary() {
        return here.resolve("tmp");
    }

    @Override
    public void commitDue() throws IOException {
        listener.reached(DiskListener.DiskStep.COMMIT_DUE, folder);
    }

    @Override
    public void committed() throws IOException {
        listener.reached(DiskListener.DiskStep.COMMITTED, folder);
    }

    @Override
    public void close() {
        try (store) {
            own.close();
        } catch (IOException e) {
            throw LakeFailures.of("the local copies in " + here + " can't be deleted", e);
        }
    }

    /// Collects a file on this machine and sends it when it is closed.
    private final class SentOutputStream extends FilterOutputStream {
        private final Path file;
        private final Path draft;
        private final boolean anew;
        private boolean closed;

        SentOutputStream(Path file, Path draft, boolean anew) throws IOException {
            super(new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16));
            this.file = file;
            this.draft = draft;
            this.anew = anew;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        void abandon() throws IOException {
            closed = true;
            out.close();
            Files.deleteIfExists(draft);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                out.close();
                Sha256 digest = Sha256.of(draft);
                send(file, draft, digest, anew);
                copies.remove(place(file));
                listener.reached(DiskListener.DiskStep.FORCED, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
    }
}
