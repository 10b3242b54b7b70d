package dev.tactus.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the file on disk is, told from its first 100 bytes alone, so that a file that isn't ours to open is not
/// touched. Layout: <https://www.sqlite.org/fileformat2.html#the_database_header>.
sealed interface DatabaseHeader {
    /// There is none, or an empty one, as a crash while creating it leaves behind.
    record Absent() implements DatabaseHeader {}

    /// One of the schema that was looked for, of this version.
    record Present(int version) implements DatabaseHeader {}

    /// Something else.
    record Foreign(String whatItIs) implements DatabaseHeader {}

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    static DatabaseHeader inspect(DatabaseSchema schema, Path file) {
        if (Files.isDirectory(file)) {
            return new Foreign("it is a folder");
        }
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return new Absent();
            }
            return ofHeader(schema, header(file));
        } catch (EOFException e) {
            return new Foreign("it is not a SQLite database");
        } catch (AccessDeniedException e) {
            throw new DatabaseUnavailable(
                    schema.name() + " " + file + " can't be read. Make it readable for this user, then try again.", e);
        } catch (IOException e) {
            throw new DatabaseUnavailable(schema.name() + " " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static byte[] header(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        byte[] header = new byte[100];
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            input.readFully(header);
        }
        return header;
    }

    private static DatabaseHeader ofHeader(DatabaseSchema schema, byte[] header) {
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (!new String(header, 0, 16, StandardCharsets.US_ASCII).equals("SQLite format 3\0")) {
            return new Foreign("it is not a SQLite database");
        }
        if (fields.getInt(68) != schema.applicationId()) {
            return new Foreign("it is a SQLite database of another program");
        }
        return new Present(fields.getInt(60));
    }
}
