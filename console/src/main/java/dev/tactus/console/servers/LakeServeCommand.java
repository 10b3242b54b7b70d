package dev.tactus.console.servers;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.Lake;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Offers the lake's catalog by Iceberg's REST protocol, until stopped.",
            "Clients send the token in TACTUS_LAKE_TOKEN, or in a file; lake show says how they connect."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus lake serve", "  tactus lake serve --port 8181 --token-file /etc/tactus/lake-token"})
public final class LakeServeCommand extends TactusCommand {
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8181",
            description = "0: any free port. Default: ${DEFAULT-VALUE}")
    private int port = 8181;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file for you alone that holds the token. Default: lake-token beside the ledger, made where"
                    + " there is none.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--write",
            description =
                    "Let clients change tables and make their own, in a new lake where there is none. Rows that Tactus did not write have no run in the"
                            + " ledger: the audit will name them.")
    private boolean write;

    public LakeServeCommand(CommandOptions options) {
        super(options);
        options.alwaysLogs();
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = options.console();
        Configuration configuration = options.configuration();
        if (configuration.lake().catalog() instanceof CatalogService service) {
            throw CommandFailure.usage("the catalog of the lake " + configuration.lake() + " is offered by " + service
                    + " already: programs connect to that. tactus lake show says how");
        }
        InetSocketAddress listen = listen();
        LakeToken token = LakeToken.find(
                Optional.ofNullable(console.variables().apply(LakeToken.VARIABLE)),
                Optional.ofNullable(tokenFile),
                configuration.ownFolder().resolve("lake-token"));
        CountDownLatch stopped = new CountDownLatch(1);
        try (GracefulShutdown interruption = new GracefulShutdown(() -> {});
                Lake lake = lake(configuration);
                CatalogServer server = lake.offer(
                        new CatalogServerSettings(listen, token.digest(), write, clients(configuration.lake())))) {
            interruption.asks(stopped::countDown);
            lines(configuration, server.address(), token).forEach(options.json ? options::say : options::print);
            stopped.await();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot listen on " + host + ":" + port + ": " + IoErrorText.of(e));
        }
        return ExitCode.DONE;
    }

    /// Where programs may write there need be no lake yet; whose it will be they decide.
    private Lake lake(Configuration configuration) {
        boolean first = write && !configuration.lake().exists() && !Ledger.exists(configuration.ledger());
        return first
                ? Stores.emptyLake(configuration, options.console())
                : Stores.lakeToRead(configuration, options.console());
    }

    private List<String> lines(Configuration configuration, InetSocketAddress address, LakeToken token) {
        String name = address.getAddress().getHostAddress();
        List<String> lines = new ArrayList<>();
        lines.add("Serving the catalog of " + configuration.lake() + " at http://"
                + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort() + ", for "
                + (write ? "reading and writing" : "reading"));
        lines.add("Clients need the token in " + token.place() + "; tactus lake show says how they connect.");
        if (!address.getAddress().isLoopbackAddress()) {
            lines.add("The token and the answers cross the network as they are: put a proxy with TLS in front.");
        }
        lines.add("Stop it with Ctrl-C.");
        return lines;
    }

    /// Where clients find the files, unless they say otherwise; keys are their own.
    private static Map<String, String> clients(LakePlace lake) {
        Map<String, String> clients = new HashMap<>();
        Map<String, String> store = lake.settings();
        Optional.ofNullable(store.get("endpoint")).ifPresent(endpoint -> clients.put("s3.endpoint", endpoint));
        Optional.ofNullable(store.get("region")).ifPresent(region -> {
            clients.put("client.region", region);
            clients.put("s3.region", region);
        });
        Optional.ofNullable(store.get("path_style")).ifPresent(style -> clients.put("s3.path-style-access", style));
        return clients;
    }

    private InetSocketAddress listen() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw CommandFailure.usage("--port " + port + ": expected a number from 0 to " + HIGHEST_PORT);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("--host " + host + ": there is no such address");
        }
    }
}
