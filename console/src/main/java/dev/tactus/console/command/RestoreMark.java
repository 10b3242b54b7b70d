package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.JsonWriter;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands beside a ledger from before the first move of a restore until after the last: whoever finds it doesn't
/// take what is missing for what was never made.
public final class RestoreMark {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ENDING = ".restore.json";

    private final Configuration configuration;
    private final Path file;

    private RestoreMark(Configuration configuration) {
        this.configuration = configuration;
        this.file = configuration
                .ledger()
                .file()
                .map(ledger -> ledger.resolveSibling(ledger.getFileName() + ENDING))
                .orElseGet(() -> configuration.ownFolder().resolve("ledger" + ENDING));
    }

    public static RestoreMark of(Configuration configuration) {
        return new RestoreMark(configuration);
    }

    /// Where it stands.
    public Path file() {
        return file;
    }

    /// What the names of things moved aside end in, of a restore that was cut off; absent where none was.
    public Optional<String> cutOff() {
        return Files.exists(file) && !isWhole() ? Optional.of(text("ending")) : Optional.empty();
    }

    /// Puts it there, forced to the disk.
    ///
    /// @param ending of the names of what is moved aside
    public void write(Path backup, String since, String ending, DiskWriter disk) throws IOException {
        String earlier = Files.exists(file) ? endings() : "";
        JsonObject fields = JsonObject.of("backup", backup.toString())
                .put("since", since)
                .put("ending", ending)
                .put("earlier", earlier.contains(ending) ? "" : earlier)
                .put("ledger", configuration.ledger().toString())
                .put("lake", configuration.lake().toString());
        configuration
                .ledger()
                .file()
                .filter(Files::exists)
                .ifPresent(ledger -> fields.put("ledger_aside", ledger.getFileName() + ending));
        disk.createParent(file);
        disk.replace(file, (JsonWriter.write(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// After the last move.
    public void remove(DiskWriter disk) throws IOException {
        Files.deleteIfExists(file);
        disk.forceFolder(file.toAbsolutePath().getParent());
    }

    /// Before a ledger or a lake is opened or made.
    ///
    /// @throws CommandFailure if a restore was cut off; where only its mark was left, that is removed
    static void requireNone(Configuration configuration) {
        RestoreMark mark = of(configuration);
        if (!Files.exists(mark.file)) {
            return;
        }
        if (!mark.isWhole()) {
            throw CommandFailure.usage(mark.told());
        }
        try {
            Files.deleteIfExists(mark.file);
        } catch (IOException e) {
            // whoever may only read leaves it to others: the pair is whole
        }
    }

    /// The ledger is placed last, where the one before it has been moved away.
    private boolean isWhole() {
        if (!configuration.lake().exists() || text("ending").isEmpty()) {
            return false;
        }
        Optional<Path> ledger = configuration.ledger().file();
        if (ledger.isEmpty()) {
            return Ledger.openForReading(configuration.ledger(), InstantSource.system())
                    .map(there -> {
                        try (there) {
                            return !there.isEmpty();
                        }
                    })
                    .orElse(false);
        }
        String aside = text("ledger_aside");
        return Files.exists(ledger.get())
                && (aside.isEmpty() || Files.exists(ledger.get().resolveSibling(aside)));
    }

    private String told() {
        String endings = endings().replace(" ", " or ");
        return "a restore from " + text("backup") + ", begun at " + text("since")
                + ", was cut off or still runs, as " + file + " says: "
                + standing(configuration.ledger().toString(), ledgerThere())
                + ", "
                + standing(configuration.lake().toString(), configuration.lake().exists())
                + (endings.isEmpty() ? "" : "; what it has moved aside has a name that ends in " + endings)
                + ". Nothing was touched. tactus restore " + text("backup") + " --replace ends it";
    }

    /// Of all attempts, the first one first.
    private String endings() {
        return (text("earlier") + " " + text("ending")).strip();
    }

    private boolean ledgerThere() {
        return configuration.ledger().file().map(Files::exists).orElse(true);
    }

    private static String standing(String place, boolean there) {
        return place + (there ? " is there" : " is not there");
    }

    /// A field; empty where it has none, or can't be read.
    private String text(String name) {
        try {
            JsonNode field = MAPPER.readTree(Files.readString(file)).path(name);
            return field.asString("");
        } catch (JacksonException e) {
            return "";
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read " + file + ", which a restore has left: " + IoErrorText.of(e));
        }
    }
}
