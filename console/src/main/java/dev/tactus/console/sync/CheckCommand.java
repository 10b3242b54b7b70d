package dev.tactus.console.sync;

import dev.tactus.console.command.CommandErrors;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description =
                "Sees whether configuration, credentials, catalog, ledger and lake are ready. Each line says ok or"
                        + " what to do. Makes at most one call a source, for a token.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus check", "  tactus check --config labels/north.yaml --json"})
public final class CheckCommand implements Callable<Integer> {
    /// One thing looked at.
    private record CheckResult(String what, boolean ok, String says) {}

    /// Looks at one thing and says how it is; throws what a run would.
    private interface Look {
        String at() throws InterruptedException;
    }

    @Mixin
    private final CommandOptions common;

    private final List<CheckResult> lines = new ArrayList<>();
    private int exit = ExitCode.DONE;

    public CheckCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = common.configuration();
        line("configuration", configuration.file().toString());
        for (SourceConfiguration source : configuration.sources().values()) {
            look("source " + source.name(), () -> source(source.settings()));
        }
        look("catalog", () -> CatalogSummaryView.of(configuration.catalogFile().check()));
        look("ledger", () -> ledger(configuration));
        look("lake", () -> lake(configuration));
        if (common.json) {
            common.printJson(
                    exit == ExitCode.DONE,
                    Map.of(
                            "checks",
                            lines.stream()
                                    .map(line -> Map.of("what", line.what(), "ok", line.ok(), "says", line.says()))
                                    .toList()));
        }
        return exit;
    }

    private void look(String what, Look look) throws InterruptedException {
        try {
            line(what, look.at());
        } catch (RuntimeException e) {
            exit = Math.max(exit, CommandErrors.exit(e));
            CheckResult line = new CheckResult(what, false, CommandErrors.message(e));
            lines.add(line);
            if (!common.json) {
                common.print("NOT OK  " + what + ": " + line.says());
            }
        }
    }

    private void line(String what, String says) {
        lines.add(new CheckResult(what, true, says));
        if (!common.json) {
            common.print("ok      " + what + ": " + says);
        }
    }

    private String source(SourceSettings settings) throws InterruptedException {
        try (Pacer pacer = SourceSession.pacer(settings, common.console());
                Source source = SourceSession.source(settings, pacer, common.console())) {
            source.checkCredentials();
            return settings.profile().authenticates()
                    ? settings.baseUrl() + ", got a token"
                    : settings.baseUrl() + ", asks for no credentials";
        }
    }

    private String ledger(Configuration configuration) {
        Path file = configuration.ledger();
        if (!Files.exists(file)) {
            return file + " will be made by the first sync" + mustBeWritable(file);
        }
        try (Ledger ledger = Ledger.open(file, common.console().clock())) {
            return file + ", " + HumanFormat.counted(ledger.runs().list().size(), "run", "runs");
        }
    }

    private String lake(Configuration configuration) {
        Path folder = configuration.lake();
        if (!Files.exists(folder)) {
            return folder + " will be made by the first sync" + mustBeWritable(folder);
        }
        try (Lake lake = LakeAccess.open(configuration)) {
            return folder + ", " + HumanFormat.counted(lake.tables().size(), "table", "tables");
        }
    }

    /// Whether something can be made at a path: its nearest folder that exists has to be writable.
    private static String mustBeWritable(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw CommandFailure.failed("cannot write to " + folder + ": make it writable, or name another place");
        }
        return "";
    }
}
