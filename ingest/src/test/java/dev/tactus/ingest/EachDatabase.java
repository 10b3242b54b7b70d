package dev.tactus.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests that run with a ledger in a file, and with one on a server, which takes minutes more: with the slow tests.
/// Then its address lies in the folder, where [SyncFixture] finds it.
@ParameterizedClass
@EnumSource(EachDatabase.Kind.class)
abstract class EachDatabase {
    static final String URL_FILE = "ledger.url";

    enum Kind {
        SQLITE,
        POSTGRES
    }

    @Parameter
    Kind kind = Kind.SQLITE;

    @TempDir
    Path folder = Path.of("set before each test");

    private Optional<TestSchema> schema = Optional.empty();

    @BeforeEach
    void nameTheServer() throws IOException {
        if (kind == Kind.POSTGRES) {
            assumeTrue(Boolean.getBoolean("tests.slow"), "on PostgreSQL too with -Pslow");
            assumeTrue(TestPostgres.shared().isPresent(), TestPostgres.MISSING);
            schema = TestPostgres.shared().map(TestPostgres::schema);
            Files.writeString(folder.resolve(URL_FILE), schema.orElseThrow().url());
        }
    }

    @AfterEach
    void dropTheSchema() {
        schema.ifPresent(TestSchema::close);
    }
}
