package dev.tactus.lake.table;

import java.time.Instant;

/// What reading a data file to its last byte has shown, against the digest that was noted when it was written.
public sealed interface FileVerdict {
    LakeTable table();

    /// Relative to the lake's folder, with forward slashes.
    String path();

    /// It is what was written.
    record Sound(FileDigest file) implements FileVerdict {
        @Override
        public LakeTable table() {
            return file.table();
        }

        @Override
        public String path() {
            return file.path();
        }
    }

    /// It is what it was when the lake was taken over; whether that was what an earlier version had written, nobody
    /// knows.
    ///
    /// @param at when it was taken over
    record TakenOver(FileDigest file, Instant at) implements FileVerdict {
        @Override
        public LakeTable table() {
            return file.table();
        }

        @Override
        public String path() {
            return file.path();
        }
    }

    /// A version that noted no digests wrote it: nobody can say whether it is what was written.
    record Unnoted(FileDigest file) implements FileVerdict {
        @Override
        public LakeTable table() {
            return file.table();
        }

        @Override
        public String path() {
            return file.path();
        }
    }

    /// It is not what was written.
    ///
    /// @param noted SHA-256 when it was written, lower-case hex
    /// @param found the same now
    record Changed(LakeTable table, String path, String noted, String found) implements FileVerdict {}

    /// It is not there.
    record Missing(LakeTable table, String path) implements FileVerdict {}
}
