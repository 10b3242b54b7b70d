package dev.tactus.console;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.reconcile.Period;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.behaviour.Behaviour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder of the demo: catalog, configuration, behaviour of the simulated source, later ledger, lake, statement and
/// the files for people.
record DemoFolder(Path path) {
    private static final String MARK = "# Written by tactus demo";

    /// Makes the folder, or empties an earlier demo's of what that has made. A folder with anything else in it is left
    /// alone.
    static DemoFolder claim(Path path) {
        DemoFolder folder = new DemoFolder(path);
        try {
            if (Files.isDirectory(path)) {
                folder.requireOwn();
                folder.forget();
            }
            Files.createDirectories(path);
            return folder;
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make the folder " + path + ": " + IoErrorText.of(e));
        }
    }

    Path configuration() {
        return path.resolve("tactus.yaml");
    }

    Path behaviourFile() {
        return path.resolve("behaviour.yaml");
    }

    Path statement(Period month) {
        return path.resolve("statements").resolve("licensor-report-" + month + ".tsv");
    }

    /// The page about a month, once it is reconciled.
    Path page(Period month) {
        return path.resolve("reconciled").resolve("simulated-" + month + ".html");
    }

    Behaviour behaviour() {
        return Behaviour.parse("demo-behaviour.yaml", BundledText.text("demo-behaviour.yaml"));
    }

    /// Writes catalog and configuration for a source that answers now.
    void write(Simulator simulator) {
        String url = simulator.baseUri().toString();
        try (InputStream catalog =
                simulator.baseUri().resolve("/_sim/catalog.csv").toURL().openStream()) {
            Files.copy(catalog, path.resolve("catalog.csv"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(behaviourFile(), BundledText.text("demo-behaviour.yaml"));
            Files.writeString(
                    configuration(),
                    MARK + "\n" + BundledText.text("demo-tactus.yaml").replace("@URL@", url));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write to " + path + ": " + IoErrorText.of(e));
        }
    }

    /// A month that an earlier demo has closed could not be reconciled again.
    private void forget() throws IOException {
        for (String name : List.of(
                "ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock", "lake", "reconciled", "statements")) {
            Path made = path.resolve(name);
            if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> inside = Files.walk(made)) {
                    for (Path one : inside.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(one);
                    }
                }
            }
        }
    }

    private void requireOwn() throws IOException {
        boolean own = Files.isRegularFile(configuration())
                && Files.readString(configuration()).startsWith(MARK);
        try (Stream<Path> inside = Files.list(path)) {
            if (!own && inside.findAny().isPresent()) {
                throw CommandFailure.usage(path + " is there already and is not a demo's; name another with --dir");
            }
        }
    }
}
