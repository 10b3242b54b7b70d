package dev.tactus.lake.place;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTSessionCatalog;

/// A server that keeps the pointers of an Iceberg catalog and speaks Iceberg's REST protocol.
///
/// @param uri such as `http://127.0.0.1:8181`
/// @param warehouse the name by which the server knows the catalog; absent where it has but one
/// @param token what it wants to be shown
public record CatalogService(URI uri, Optional<String> warehouse, CatalogToken token) implements CatalogPlace {
    /// The table whose snapshots count the changes of a lake.
    public static final TableIdentifier CHANGES = TableIdentifier.of("tactus", "lake_changes");

    /// What a server wants to be shown.
    public sealed interface CatalogToken {
        /// One that stands in a file for its owner alone.
        record InFile(Path file) implements CatalogToken {}

        /// One that is said.
        record Said(String token) implements CatalogToken {
            @Override
            public String toString() {
                return "a token";
            }
        }

        /// None.
        record None() implements CatalogToken {}
    }

    /// Connects to it.
    ///
    /// @param files what tables read and write their files with
    public RESTSessionCatalog connect(Supplier<FileIO> files) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "uri", uri.toString(),
                "rest-metrics-reporting-enabled", "false",
                "rest.client.connection-timeout-ms", "10000",
                "rest.client.socket-timeout-ms", "60000"));
        warehouse.ifPresent(name -> properties.put("warehouse", name));
        secret().ifPresent(secret -> {
            properties.put("token", secret);
            properties.put("token-refresh-enabled", "false");
        });
        RESTSessionCatalog server = new RESTSessionCatalog(
                configuration -> HTTPClient.builder(configuration)
                        .uri(configuration.get("uri"))
                        .build(),
                (_, _) -> files.get());
        asked(() -> {
            server.initialize("tactus", properties);
            return server;
        });
        return server;
    }

    private Optional<String> secret() {
        return switch (token) {
            case CatalogToken.None() -> Optional.empty();
            case CatalogToken.Said(String said) -> Optional.of(said);
            case CatalogToken.InFile(Path file) -> Optional.of(read(file));
        };
    }

    private static String read(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
                if (may.stream().anyMatch(one -> !one.name().startsWith("OWNER_"))) {
                    throw new LakeUnavailable(
                            "the token file " + file + " can be read by others than its owner: chmod 600 " + file,
                            null);
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LakeUnavailable("cannot read the token file " + file + ": " + LakeFailures.words(e), e);
        }
    }

    @Override
    public boolean isMade() {
        try (RESTSessionCatalog server = connect(InMemoryFileIO::new)) {
            return asked(() -> server.tableExists(SessionContext.createEmpty(), CHANGES));
        } catch (NoSuchNamespaceException e) {
            return false;
        } catch (IOException e) {
            throw LakeFailures.of("the catalog at " + uri + " can't be left", e);
        }
    }

    /// Asks it something, and says what its refusals mean.
    public <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (NotAuthorizedException e) {
            throw new LakeUnavailable(
                    "the catalog at " + uri
                            + " does not accept the token. It is what `lake: catalog:` names as token or"
                            + " token_file",
                    e);
        } catch (ForbiddenException e) {
            throw new LakeUnavailable(
                    "the catalog at " + uri + " does not allow that: " + e.getMessage()
                            + ". Tactus has to be allowed to make and change tables there",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new LakeUnavailable(
                    "the catalog at " + uri + " lacks something that Tactus needs, such as changing several tables in"
                            + " one instant (transactions/commit): " + e.getMessage(),
                    e);
        } catch (BadRequestException e) {
            throw new LakeUnavailable("the catalog at " + uri + " refuses that: " + e.getMessage(), e);
        } catch (CommitStateUnknownException e) {
            throw new LakeUnavailable(
                    "the catalog at " + uri + " did not answer to a change; run the same command again: "
                            + LakeFailures.words(e),
                    e);
        } catch (NoSuchTableException | NoSuchNamespaceException | CommitFailedException e) {
            throw e;
        } catch (RESTException e) {
            throw new LakeUnavailable(
                    "the catalog at " + uri + " does not answer: " + LakeFailures.words(e)
                            + ". Start it, or run the same command again later",
                    e);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
