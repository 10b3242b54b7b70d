package dev.tactus.gateway.config;

import dev.tactus.gateway.network.TlsSettings;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the configuration again when its file, or one that it names, has changed, or when asked to; a file that can't
/// be used is told of and changes nothing. Looks once a second. Thread-safe.
public final class ConfigReloader implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Path file;
    private final UnaryOperator<@Nullable String> variables;
    private final Consumer<GatewaySettings> takes;
    private final Consumer<String> says;
    private final Thread thread;
    private List<Path> watched;
    private List<String> marks;

    /// Watches the file that the settings came from.
    ///
    /// @param takes what goes by the new settings; may refuse them with a [InvalidConfiguration]
    /// @param says tells a person what was done
    public ConfigReloader(
            GatewaySettings settings,
            UnaryOperator<@Nullable String> variables,
            Consumer<GatewaySettings> takes,
            Consumer<String> says) {
        this.file = settings.file();
        this.variables = variables;
        this.takes = takes;
        this.says = says;
        watched = files(settings);
        marks = marks(watched);
        thread = Thread.ofVirtual().name("tactus-gateway-reload").start(this::watch);
    }

    /// Reads the file now.
    public synchronized void reload() {
        try {
            marks = marks(watched);
            GatewaySettings settings = GatewaySettings.read(file, variables);
            takes.accept(settings);
            watched = files(settings);
            marks = marks(watched);
            says.accept("reloaded " + file);
        } catch (InvalidConfiguration e) {
            says.accept("not reloaded, the old configuration stays in force: " + e.getMessage());
        }
    }

    /// Reads the file if it has changed.
    public synchronized void look() {
        if (!marks(watched).equals(marks)) {
            reload();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static List<Path> files(GatewaySettings settings) {
        List<Path> files = new ArrayList<>(List.of(settings.file()));
        settings.tls().ifPresent(tls -> add(tls, files));
        for (GatewaySettings each : settings.each()) {
            each.upstream().trust().ifPresent(files::add);
            each.upstream().shown().ifPresent(shown -> add(shown, files));
        }
        Optional<Path> keys = settings.identify() instanceof IdentificationMethod.JwtClaim claim
                ? claim.keys()
                : Optional.<Path>empty();
        keys.ifPresent(files::add);
        settings.applicationsFile().ifPresent(files::add);
        settings.applications().stream()
                .flatMap(application -> application.contactSecret().stream())
                .flatMap(secret -> secret.file().stream())
                .forEach(files::add);
        return files;
    }

    private static void add(TlsSettings tls, List<Path> files) {
        files.addAll(List.of(tls.certificate(), tls.key()));
        tls.clients().ifPresent(files::add);
    }

    /// What changes when a file is written or replaced.
    private static List<String> marks(List<Path> files) {
        return files.stream().map(ConfigReloader::mark).toList();
    }

    private static String mark(Path file) {
        try {
            BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
            return about.lastModifiedTime() + " " + about.size() + " " + about.fileKey();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
