package dev.tactus.console.servers;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.SimulatorSettings.CatalogSource;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.quota.LimitRule;
import dev.tactus.simulator.service.SimulatorReport;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulate",
        description = {
            "Serves a simulated source with limits and faults, until stopped; then prints a report.",
            "Accepts any credentials that are not empty."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus simulate --catalog 50000 --limit 180/60s",
            "  tactus simulate --catalog catalog.csv --limit 180/60s --limit /v1/search=100/60s --behaviour faults.yaml"
        })
public final class SimulateCommand extends TactusCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9000",
            description = "0: any free port. Default: ${DEFAULT-VALUE}")
    private int port = 9000;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = "--catalog",
            paramLabel = "FILE|COUNT",
            defaultValue = "1000",
            description =
                    "The recordings it serves: those of a CSV file, or COUNT synthetic ones. Default: ${DEFAULT-VALUE}")
    private String catalog = "1000";

    @Option(
            names = "--limit",
            paramLabel = "[PATH=]N/WINDOW",
            description = "At most N requests in any window, per token, or additionally below a path. Repeatable.")
    private List<String> limits = List.of();

    @Option(names = "--behaviour", paramLabel = "FILE", description = "Limits, latency and faults, as YAML.")
    private @Nullable Path behaviour;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same answers. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    public SimulateCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (GracefulShutdown interruption = new GracefulShutdown(() -> {});
                Simulator simulator = start()) {
            interruption.asks(stopped::countDown);
            String url = simulator.baseUri().toString();
            List<String> lines = List.of(
                    "Simulating " + HumanFormat.counted(simulator.catalog().recordings(), "recording", "recordings")
                            + " at " + url,
                    "",
                    "In tactus.yaml, under sources:",
                    "  simulated:",
                    "    profile: spotify-for-artists",
                    "    base_url: " + url,
                    "    token_url: " + url + "/api/token",
                    "    client_id: anything",
                    "    client_secret: anything",
                    "",
                    "Its recordings as a catalog: " + url + "/_sim/catalog.csv",
                    "Report so far:              " + url + "/_sim/report",
                    "Stop it with Ctrl-C.");
            lines.forEach(options.json ? options::say : options::print);
            stopped.await();
            SimulatorReport report = simulator.report();
            if (options.json) {
                options.printJson(true, SimulatorReportView.fields(report));
            } else {
                options.print("");
                SimulatorReportView.lines(report).forEach(options::print);
            }
        }
        return ExitCode.DONE;
    }

    private Simulator start() {
        try {
            Behaviour asked = behaviour == null ? Behaviour.faultless() : Behaviour.read(behaviour);
            for (String limit : limits) {
                asked = asked.with(rule(limit));
            }
            return Simulator.start(new SimulatorSettings(host, port, choice(), seed, asked));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CommandFailure.usage(
                    "cannot read the catalog " + catalog + ": " + IoErrorText.of(Objects.requireNonNull(e.getCause())));
        } catch (IllegalStateException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
    }

    private CatalogSource choice() {
        return catalog.matches("[0-9_]{1,12}")
                ? new CatalogSource.Synthetic(Long.parseLong(catalog.replace("_", "")))
                : new CatalogSource.File(Path.of(catalog));
    }

    private static LimitRule rule(String text) {
        int equals = text.indexOf('=');
        String scope = equals < 0 ? ScopedLimit.TOKEN : text.substring(0, equals);
        return LimitRule.of(scope, Limit.parse(text.substring(equals + 1)));
    }
}
