package dev.tactus.console.servers;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.GracefulShutdown;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.gateway.ControlPlane;
import dev.tactus.gateway.Gateway;
import dev.tactus.gateway.config.ConfigReloader;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "gateway",
        description = {
            "Runs the quota gateway before an API, until stopped.",
            "Enforces limits on each application, or paces requests to a limited API. SIGHUP, or a change of the file,"
                    + " reloads the configuration."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus gateway",
            "  tactus gateway --config /etc/tactus/gateway.yaml --log json",
        })
public final class GatewayCommand extends TactusCommand {
    public static final String CONFIG = "gateway.yaml";

    /// Beyond the drain, for the state file and the threads.
    private static final Duration TO_CLOSE = Duration.ofSeconds(10);

    public GatewayCommand(CommandOptions options) {
        super(options);
        options.alwaysLogs();
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = options.console();
        AtomicBoolean early = new AtomicBoolean();
        AtomicReference<Runnable> onHangUp = new AtomicReference<>(() -> early.set(true));
        HangUpSignal.calls(() -> onHangUp.get().run());
        GatewaySettings settings = GatewaySettings.read(options.config, console.variables());
        Duration toStop = settings.timeouts().drain().plus(TO_CLOSE);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicReference<Optional<Gateway>> running = new AtomicReference<>(Optional.empty());
        try (GracefulShutdown interruption = new GracefulShutdown(toStop, () -> {});
                ControlPlane administration = ControlPlane.start(
                        settings,
                        console.variables(),
                        console.clock(),
                        () -> running.get().map(Gateway::unready).orElse(Optional.of("starting")));
                Gateway gateway = Gateway.start(settings, administration.parts(Ticker.sinceEpoch(console.clock())));
                ConfigReloader reloading = new ConfigReloader(
                        settings,
                        console.variables(),
                        changed -> {
                            gateway.reload(changed);
                            administration.configure(changed);
                        },
                        options::say)) {
            running.set(Optional.of(gateway));
            administration.follow(gateway);
            interruption.asks(stopped::countDown);
            onHangUp.set(reloading::reload);
            if (early.get()) {
                reloading.reload(); // asked for before anybody could, and the file may have been read by then
            }
            lines(settings, gateway, administration).forEach(options.json ? options::say : options::print);
            stopped.await();
            options.say("stopping: requests in progress are finished first");
        } catch (IOException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return ExitCode.DONE;
    }

    private static List<String> lines(GatewaySettings settings, Gateway gateway, ControlPlane administration) {
        List<String> lines = new ArrayList<>();
        lines.add("Gateway at " + (settings.tls().isPresent() ? "https://" : "http://")
                + address(
                        gateway.address().getAddress().getHostAddress(),
                        gateway.address().getPort()) + " before "
                + settings.each().stream()
                        .map(each -> (each.upstream().tls() ? "https://" : "http://")
                                + each.upstream().authority()
                                + each.upstream().path())
                        .collect(Collectors.joining(", "))
                + ": "
                + HumanFormat.counted(settings.limits().size(), "limit", "limits") + ", "
                + HumanFormat.counted(settings.applications().size(), "application", "applications") + ", "
                + HumanFormat.counted(settings.threads(), "thread", "threads") + " on " + gateway.transport());
        administration
                .address()
                .ifPresent(admin -> lines.add("Admin at http://"
                        + address(admin.getAddress().getHostAddress(), admin.getPort())
                        + ": /livez /readyz /metrics /usage /pace /applications"));
        return lines;
    }

    private static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
