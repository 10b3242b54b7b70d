package dev.tactus.lake.files;

import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The files of a lake, by their names below its folder, wherever they are kept.
///
/// On a local disk a name is a path, and a file is at its path. In an object store a name only looks like one, and an
/// engine that reads or writes local files works on a copy, at the name's place on this machine.
/// Data files, manifests, metadata and staged files are written once, and their names are never there before; few
/// others, such as version hints, are replaced. Thread-safe.
public interface LakeFiles extends AutoCloseable {
    /// The name of the folder that all of them are in.
    Path folder();

    /// How a file is now; absent where it is not there.
    Optional<FileState> find(Path file) throws IOException;

    /// The names of all files below a folder, sorted; none where it is not there.
    List<Path> under(Path folder) throws IOException;

    /// What is kept, from its beginning.
    ///
    /// @throws java.nio.file.NoSuchFileException if it is not there
    InputStream read(Path file) throws IOException;

    /// What is kept, read to its last byte.
    ///
    /// @throws java.nio.file.NoSuchFileException if it is not there
    Sha256 digest(Path file) throws IOException;

    /// Where engines on this machine read and write a file, or the files of a folder; nothing need be there.
    Path place(Path file);

    /// What has that place.
    Path named(Path place);

    /// A file that is there on this machine, at its place, until it is released.
    ///
    /// @param noted what it was when it was written; a copy that is something else is fetched anew
    /// @throws java.nio.file.NoSuchFileException if it is not kept
    Path local(Path file, Optional<Sha256> noted) throws IOException;

    /// Copies on this machine are needed no more.
    void release(Collection<Path> files);

    /// Makes the place of a folder, so that engines can write there.
    void makeFolder(Path folder) throws IOException;

    /// Lets those read what is at a place on this machine who may.
    void permit(Path place) throws IOException;

    /// Notes that an engine has closed a file at its place.
    void closed(Path place) throws IOException;

    /// Keeps what an engine has closed, under a name that is not there yet; with [#keepFolder] it outlasts a crash.
    ///
    /// @param place where it is, in the folder that it is named to be in
    void keep(Path place, Path file) throws IOException;

    /// What was kept in that folder is found in it after a crash.
    void keepFolder(Path folder) throws IOException;

    /// A stream to a file; closing it keeps it for good.
    ///
    /// @param anew whether one that is there is replaced
    /// @throws java.nio.file.FileAlreadyExistsException here or from closing, if it is there and is to stay
    OutputStream create(Path file, boolean anew) throws IOException;

    /// Readers see the old content or the new, whole; the file exists for them at any time.
    void replace(Path file, byte[] content) throws IOException;

    /// The same for content that is too long to be held.
    void replace(Path file, Consumer<OutputStream> content) throws IOException;

    /// Takes a file away; returns whether it was there.
    boolean delete(Path file) throws IOException;

    /// Takes folders away that nothing is in.
    void tidy(Path folder) throws IOException;

    /// Whether two names lead to one place.
    boolean isSame(Path file, Path other) throws IOException;

    /// Where engines spill what memory does not hold; always on this machine.
    Path temporary();

    /// Notes that the catalog's transaction has done its work, and its commit comes next.
    void commitDue() throws IOException;

    void committed() throws IOException;

    /// Lets go what this process holds of them.
    @Override
    void close();
}
