package dev.tactus.console;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder with a tactus.yaml that points to a source on this machine, and a catalog.
record ConfiguredFolder(Path folder) {
    static final String CATALOG = "isrc,title\nGBNTT0565368,One\nQZC9V0022017,Two\n";

    static ConfiguredFolder in(Path folder, URI source, String catalog) throws IOException {
        ConfiguredFolder settled = new ConfiguredFolder(folder);
        Files.writeString(folder.resolve("catalog.csv"), catalog);
        Files.writeString(settled.config(), yaml(source, ""));
        return settled;
    }

    Path config() {
        return folder.resolve("tactus.yaml");
    }

    static String yaml(URI source, String more) {
        return """
                version: 1
                catalog: catalog.csv
                ledger: ./ledger.db
                lake: ./lake
                sources:
                  simulated:
                    profile: spotify-for-artists
                    base_url: %1$s
                    token_url: %1$s/api/token
                    client_id: test
                    client_secret: test
                %2$s""".formatted(source, more);
    }
}
