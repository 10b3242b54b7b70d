package dev.tactus.database;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a database is: in a file, or on a server. Its text is for people and has no secrets.
public sealed interface DatabaseAddress {
    /// One in a file.
    static DatabaseAddress of(Path file) {
        return new SqliteFile(file);
    }

    /// The file, where it is one.
    default Optional<Path> file() {
        return switch (this) {
            case SqliteFile(Path file) -> Optional.of(file);
            case PostgresUrl _ -> Optional.empty();
        };
    }

    /// A SQLite file.
    record SqliteFile(Path path) implements DatabaseAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// A schema of a PostgreSQL database: the first one of the user's search path, `?currentSchema=…` of the URL.
    ///
    /// @param url as JDBC has it, `jdbc:postgresql://host/database`
    /// @param user where the URL names none; empty: that of the operating system
    /// @param password where the URL has none; empty: as the file that PGPASSFILE names says, or none
    record PostgresUrl(String url, Optional<String> user, Optional<String> password) implements DatabaseAddress {
        /// How such a URL begins.
        public static final String PREFIX = "jdbc:postgresql:";

        private static final Pattern SECRET =
                Pattern.compile("([?&](?:ssl)?password=)([^&]*)", Pattern.CASE_INSENSITIVE);

        public PostgresUrl {
            if (!url.startsWith(PREFIX)) {
                throw new IllegalArgumentException("not a URL of PostgreSQL");
            }
        }

        /// A message about it without what is secret.
        String masked(String message) {
            String masked = message;
            for (String secret : secrets()) {
                masked = masked.replace(secret, "…");
            }
            return masked;
        }

        private List<String> secrets() {
            Stream<String> inUrl = SECRET.matcher(url).results().map(found -> found.group(2));
            return Stream.concat(inUrl, password.stream())
                    .filter(secret -> !secret.isEmpty())
                    .toList();
        }

        @Override
        public String toString() {
            return SECRET.matcher(url).replaceAll("$1…");
        }
    }
}
