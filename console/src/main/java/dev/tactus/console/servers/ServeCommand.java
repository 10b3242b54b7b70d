package dev.tactus.console.servers;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.database.DatabaseFailure;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.Worker;
import dev.tactus.serve.ServeSettings;
import dev.tactus.serve.Site;
import dev.tactus.serve.answers.WorkerCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Serves pages and an API of what the commands show, until stopped.",
            "It reads beside whoever works on the ledger. docs/serve.md says what is where."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus serve", "  tactus serve --port 8090 --config /srv/label/tactus.yaml"})
public final class ServeCommand extends TactusCommand {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "0: any free port. Default: ${DEFAULT-VALUE}")
    private int port = 8090;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    private final CommandAnswers.CommandLineRunner program;

    /// One that runs the commands of a program.
    public ServeCommand(CommandOptions options, CommandAnswers.CommandLineRunner program) {
        super(options);
        options.alwaysLogs();
        this.program = program;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = options.console();
        Configuration configuration = options.configuration();
        InetSocketAddress listen = listen(configuration);
        // made where there is none, so that an empty folder has pages, too
        Stores.makeLedger(configuration, console).close();
        CountDownLatch stopped = new CountDownLatch(1);
        CommandAnswers commands = new CommandAnswers(program, console, configuration.file());
        try (GracefulShutdown interruption = new GracefulShutdown(() -> {});
                Ledger looked = Stores.ledgerToRead(configuration, console);
                Site site = Site.start(settings(configuration, listen, looked), commands, console.clock())) {
            interruption.asks(stopped::countDown);
            String url = url(site.address());
            List<String> lines = new ArrayList<>(List.of("Serving " + configuration.file() + " at " + url));
            site.firstLink()
                    .ifPresent(link -> lines.add("Nobody can sign in yet. This link works once and sets up the first"
                            + " person: " + url.substring(0, url.length() - 1) + link));
            lines.add("Stop it with Ctrl-C.");
            lines.forEach(options.json ? options::say : options::print);
            stopped.await();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot listen on " + host + ":" + port + ": " + IoErrorText.of(e));
        }
        return ExitCode.DONE;
    }

    private ServeSettings settings(Configuration configuration, InetSocketAddress listen, Ledger looked) {
        List<Path> watched = new ArrayList<>(List.of(configuration.file(), configuration.catalog()));
        configuration.lake().folder().ifPresent(watched::add);
        configuration.ledger().file().ifPresent(ledger -> {
            watched.add(ledger);
            watched.add(ledger.resolveSibling(ledger.getFileName() + "-wal"));
        });
        return new ServeSettings(
                listen,
                configuration.serve().hosts(),
                watched,
                () -> mark(looked),
                () -> workers(looked),
                BuildVersion.code(),
                configuration.serve().people(),
                configuration.serve().receivers().get(),
                configuration.schedule(),
                configuration.ownFolder());
    }

    /// While a server is away, nothing is known to be as it was.
    private String mark(Ledger looked) {
        try {
            return looked.mark();
        } catch (DatabaseFailure away) {
            return options.console().clock().instant().toString();
        }
    }

    /// While a server is away, nobody knows of any.
    static List<WorkerCount> workers(Ledger looked) {
        try {
            return looked.workers().list().stream()
                    .collect(Collectors.groupingBy(one -> List.of(one.host(), one.command())))
                    .entrySet()
                    .stream()
                    .map(same -> new WorkerCount(
                            same.getKey().getFirst(),
                            same.getKey().getLast(),
                            same.getValue().size(),
                            same.getValue().stream().mapToLong(Worker::pages).sum(),
                            same.getValue().stream()
                                    .filter(one -> !one.quota().isEmpty())
                                    .count()))
                    .toList();
        } catch (DatabaseFailure away) {
            return List.of();
        }
    }

    private InetSocketAddress listen(Configuration configuration) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw CommandFailure.usage("--port " + port + ": expected a number from 0 to " + HIGHEST_PORT);
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() && configuration.serve().people().isEmpty()) {
                throw CommandFailure.usage("--host " + host
                        + ": without people who sign in only this machine may look (127.0.0.1); name them under serve:"
                        + " people");
            }
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("--host " + host + ": there is no such address");
        }
    }

    private static String url(InetSocketAddress address) {
        String name = address.getAddress().getHostAddress();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort() + "/";
    }
}
