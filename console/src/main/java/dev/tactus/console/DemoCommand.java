package dev.tactus.console;

import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.SimulatorSettings.CatalogChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Starts a simulated source with a tight limit and some bad behaviour, pulls a small catalog through"
                        + " it, and says what happened and what to open next. Needs no account and no network.",
        footerHeading = "%nExample:%n",
        footer = "  tactus demo --dir /tmp/first-look")
final class DemoCommand implements Callable<Integer> {
    private static final int RECORDINGS = 300;
    private static final long SEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Mixin
    private final Common common;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "tactus-demo",
            description = "Everything the demo writes goes here. Default: ${DEFAULT-VALUE}")
    private Path dir = Path.of("tactus-demo");

    DemoCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        DemoFolder folder = DemoFolder.claim(dir);
        SimulatorSettings settings = new SimulatorSettings(
                "127.0.0.1", 0, new CatalogChoice.Synthetic(RECORDINGS), SEED, folder.behaviour());
        try (Simulator simulator = Simulator.start(settings)) {
            folder.write(simulator);
            common.say("A simulated source with " + RECORDINGS + " recordings answers at " + simulator.baseUri()
                    + ", at most 150 calls in any 10 seconds,");
            common.say("and misbehaves a little (" + folder.behaviourFile()
                    + "). Now the same as: tactus sync --config " + folder.configuration());
            common.say("");
            Configuration configuration =
                    Configuration.read(folder.configuration(), common.console().variables());
            int exit = new SyncRun(common, configuration).run(new RunChoice(), PATIENCE, false);
            if (!common.json) {
                common.print("");
                SimulatorWords.lines(simulator.report()).forEach(common::print);
                common.print("");
                next(folder).forEach(common::print);
            }
            return exit;
        }
    }

    private static List<String> next(DemoFolder folder) {
        String config = " --config " + folder.configuration();
        return List.of(
                "What to look at next:",
                "  ./tactus query" + config + " \\",
                "    \"SELECT t.title, sum(s.stream_count) AS streams FROM daily_streams s JOIN tracks t USING (isrc,"
                        + " track_id) GROUP BY 1 ORDER BY 2 DESC LIMIT 10\"",
                "  ./tactus dead-letters list" + config + "     what came back wrong",
                "  ./tactus drift list" + config + "            what differs from the catalog",
                "  ./tactus runs list" + config + "             every run, accounted for",
                "  ./tactus lake show" + config
                        + "             the tables, and how DuckDB, Spark and PyIceberg read them",
                "Your own: ./tactus init writes a tactus.yaml for a real server and your catalog.");
    }
}
