package dev.tactus.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The right to work on a SQLite file, released by the operating system however the process ends.
///
/// It is a lock on the file `<database>.lock`, whose text says who holds it. The file stays when the lock is gone:
/// deleting it would let two processes lock two files of one name.
final class DatabaseFileLock implements DatabaseLock {
    /// Locked in place of the text, which stays readable where locks are mandatory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /// What this JVM holds. It has to be asked before the file is opened: on POSIX systems closing any channel to a
    /// file gives up all locks the process has on it, so a refused second attempt would end the first one's lock.
    private static final Map<Path, DatabaseLock.Holder> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private DatabaseFileLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes it.
    ///
    /// @param schema what the file is
    /// @param command what this process does, told to whoever finds the file held
    /// @throws DatabaseLocked when somebody else has it
    static DatabaseLock take(DatabaseSchema schema, Path database, String command, Instant since) {
        DatabaseLock.Holder self = DatabaseLock.Holder.self(command, since);
        try {
            Path file = real(database).resolveSibling(database.getFileName() + ".lock");
            DatabaseLock.Holder holder = HELD_HERE.putIfAbsent(file, self);
            if (holder != null) {
                throw new DatabaseLocked(schema, database, Optional.of(holder));
            }
            boolean taken = false;
            try {
                DatabaseFileLock lock = take(schema, database, file, self);
                taken = true;
                return lock;
            } finally {
                if (!taken) {
                    HELD_HERE.remove(file, self);
                }
            }
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
            throw new DatabaseUnavailable(
                    schema.name() + " " + database + " can't be locked: "
                            + (full
                                    ? "the disk is full. Free some space there, " + schema.again()
                                    : e + ". Make its folder writable for this user."),
                    e);
        }
    }

    private static DatabaseFileLock take(DatabaseSchema schema, Path database, Path file, DatabaseLock.Holder self)
            throws IOException {
        boolean made = !Files.exists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw new DatabaseLocked(schema, database, parse(Files.readString(file)));
            }
            if (made && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // whoever may work on the database may lock it, and nobody else sees who does
                Files.setPosixFilePermissions(
                        file,
                        Files.exists(database)
                                ? Files.getPosixFilePermissions(database)
                                : PosixFilePermissions.fromString("rw-------"));
            }
            write(channel, text(self));
            taken = true;
            return new DatabaseFileLock(file, channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /// One that is not there yet can be locked, too, as long as its folder is.
    private static Path real(Path database) throws IOException {
        Path folder = database.toAbsolutePath().getParent();
        return Files.exists(database) || folder == null
                ? database.toRealPath()
                : folder.toRealPath().resolve(database.getFileName());
    }

    /// Gives the lock up; safe to call again.
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            write(channel, "");
        } catch (IOException e) {
            throw new UncheckedIOException("can't release " + file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    private static String text(DatabaseLock.Holder holder) {
        return "pid: " + holder.pid() + "\nhost: " + holder.host() + "\nsince: " + holder.since() + "\ncommand: "
                + holder.command().replace('\n', ' ') + "\n";
    }

    private static Optional<DatabaseLock.Holder> parse(String text) {
        String[] lines = text.split("\n", -1);
        try {
            return Optional.of(new DatabaseLock.Holder(
                    Long.parseLong(after("pid: ", lines[0])),
                    after("command: ", lines[3]),
                    after("host: ", lines[1]),
                    Instant.parse(after("since: ", lines[2]))));
        } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException stillBeingWritten) {
            return Optional.empty();
        }
    }

    private static String after(String name, String line) {
        return line.substring(name.length());
    }
}
