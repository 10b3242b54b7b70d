package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.Lake;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.lake.table.LakeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line over a lake whose catalog a server keeps.
class RemoteCatalogTest {
    private static final String TOKEN = "a token that nobody guesses";

    @TempDir
    private Path folder;

    private Path files = Path.of("");
    private Lake offered;
    private CatalogServer server;
    private StatementsFolder books = new StatementsFolder(Path.of(""));

    @BeforeEach
    void serve() throws IOException {
        files = folder.toRealPath().resolve("files");
        offered = Lake.open(files, LakeSettings.defaults());
        server = offered.offer(new CatalogServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Sha256.of(TOKEN), true, Map.of()));
        books = StatementsFolder.in(folder);
        books.configure("lake: {warehouse: " + files + ", catalog: {type: rest, uri: \"http://127.0.0.1:"
                + server.address().getPort() + "\", token: " + TOKEN + "}}\n");
    }

    @AfterEach
    void stop() {
        server.close();
        offered.close();
    }

    @Test
    void importsReconcilesClosesAndProves() throws IOException {
        books.imports("2026-01", 100, 50);
        books.run(0, "reconcile", "--period", "2026-01");
        books.run(0, "close", "--period", "2026-01", "--by", "Ann", "--accept", "no counts");
        books.run(0, "lake", "maintain");
        assertThat(books.run(0, "audit").out()).contains("metadata files in").contains("adds up");
        assertThat(books.run(0, "query", "SELECT sum(quantity) AS sum FROM sales", "--format", "csv")
                        .out())
                .contains("150");
        assertThat(books.run(0, "lake", "show").out())
                .contains(":" + server.address().getPort())
                .doesNotContain(TOKEN, "catalog.db");
    }

    @Test
    void aLostLedgerIsMadeAnew() throws IOException {
        books.imports("2026-01", 100, 50);
        Files.delete(folder.resolve("ledger.db"));
        books.run(0, "ledger", "rebuild");
        books.run(0, "audit");
    }

    @Test
    void whatWorksOnFoldersOnlySaysSo() throws IOException {
        books.imports("2026-01", 100, 50);
        assertThat(books.run(2, "backup", folder.resolve("backup").toString()).err())
                .contains("is kept by http://127.0.0.1:")
                .contains("nothing was touched");
        assertThat(books.run(2, "lake", "serve").err()).contains("is offered by http://127.0.0.1:");
    }
}
