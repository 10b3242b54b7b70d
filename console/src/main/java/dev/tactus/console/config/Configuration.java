package dev.tactus.console.config;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.ingest.catalog.CatalogFile;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.Tolerance;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.reports.layout.Layouts;
import dev.tactus.serve.schedule.ScheduleSection;
import dev.tactus.serve.schedule.ScheduledJob;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What `tactus.yaml` says, checked: every key known, every value of its form, every path absolute.
///
/// Reading touches nothing but the file itself and files of secrets; whether the catalog exists or the folder can be
/// written is seen by who uses them. Secrets are held, never printed.
///
/// @param file the YAML file; paths in it are relative to its folder
/// @param artistSeparator splits a catalog's artists into a list
/// @param sources by name, in the file's order; none where only reports are imported
/// @param publishEvery how often a run that goes on makes visible what it has landed; empty: once, at its end
/// @param rules by which counts become payable
/// @param reconciled the folder that reconciliations are written to for people
/// @param secondPerson whether a close needs the approval of a second person
/// @param rates share by which what a sender pays a unit may differ from what it has paid before
/// @param serve how pages are served, and who may decide what
/// @param schedule what the clock of `tactus serve` starts
/// @param reports how sales reports are taken
/// @param retention how long what was received is kept
/// @param maintenance when the lake is maintained, and what of it is kept
/// @param permitted who may read what is made, where it is not its owner alone
/// @param lineage where lineage events go; nowhere where it is not said
/// @param home the currency of the books, where there is one
public record Configuration(
        Path file,
        Path catalog,
        String artistSeparator,
        DatabaseAddress ledger,
        LakePlace lake,
        Map<String, SourceConfiguration> sources,
        Tolerance tolerance,
        Optional<Duration> publishEvery,
        Deferred<List<AlertReceiver>> alerts,
        ReconciliationRules rules,
        Path reconciled,
        boolean secondPerson,
        BigDecimal rates,
        ServeSection serve,
        List<ScheduledJob> schedule,
        ReportsSection reports,
        RetentionSection retention,
        MaintenanceSection maintenance,
        Optional<FilePermissions> permitted,
        Deferred<Optional<LineageSettings>> lineage,
        Optional<HomeSection> home) {
    private static final BigDecimal USUAL_RATES = new BigDecimal("0.5");
    private static final Duration SHORTEST_PART = Duration.ofMinutes(1);
    private static final Duration LONGEST_PART = Duration.ofDays(1);
    private static final String SCHEME = "^[a-zA-Z][a-zA-Z0-9+.-]+:.*";

    public Configuration {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /// Reads the file.
    ///
    /// @throws dev.tactus.settings.InvalidConfiguration whose message says file, line, key and what would be right
    public static Configuration read(Path file, UnaryOperator<@Nullable String> variables) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
        Section yaml = Section.read(file, variables);
        yaml.only(
                "version",
                "catalog",
                "artist_separator",
                "ledger",
                "lake",
                "sources",
                "tolerance",
                "publish",
                "alerts",
                "reports",
                "remittances",
                "reconcile",
                "serve",
                "schedule",
                "retention",
                "maintenance",
                "permissions",
                "lineage");
        Value version = yaml.require("version");
        if (!version.text().equals("1")) {
            throw version.bad("this Tactus reads version 1");
        }
        return new Configuration(
                absolute,
                path(yaml.require("catalog"), folder),
                yaml.find("artist_separator").map(Configuration::separator).orElse(";"),
                yaml.find("ledger")
                        .map(v -> ledger(v, folder, variables))
                        .orElseGet(() -> DatabaseAddress.of(folder.resolve("ledger.db"))),
                yaml.find("lake")
                        .map(v -> LakeSection.read(v, folder))
                        .orElseGet(() -> LakePlace.in(folder.resolve("lake"))),
                yaml.find("sources").map(v -> sources(v, folder)).orElseGet(Map::of),
                yaml.find("tolerance")
                        .map(v -> ToleranceSection.read(v.section()))
                        .orElseGet(Tolerance::defaults),
                yaml.find("publish").map(v -> publishEvery(v.section())),
                Deferred.of(() -> yaml.find("alerts")
                        .map(v -> v.list().stream().map(AlertsSection::read).toList())
                        .orElseGet(List::of)),
                yaml.find("reconcile")
                        .map(v -> ReconciliationRules.read(
                                v.section(), "folder", "second_person", "rates", "home_currency", "rates_file"))
                        .orElseGet(ReconciliationRules::defaults),
                yaml.find("reconcile")
                        .flatMap(v -> v.section().find("folder"))
                        .map(v -> path(v, folder))
                        .orElseGet(() -> folder.resolve("reconciled")),
                yaml.find("reconcile")
                        .flatMap(v -> v.section().find("second_person"))
                        .map(Configuration::isRequired)
                        .orElse(false),
                yaml.find("reconcile")
                        .flatMap(v -> v.section().find("rates"))
                        .map(Value::share)
                        .orElse(USUAL_RATES),
                yaml.find("serve").map(v -> ServeSection.read(v.section())).orElseGet(ServeSection::none),
                yaml.find("schedule")
                        .map(v -> ScheduleSection.read(v, folder, sourceNames(yaml)))
                        .orElseGet(List::of),
                ReportsSection.read(yaml, folder),
                yaml.find("retention")
                        .map(v -> RetentionSection.read(v.section()))
                        .orElseGet(RetentionSection::none),
                yaml.find("maintenance")
                        .map(v -> MaintenanceSection.read(v.section()))
                        .orElseGet(MaintenanceSection::usual),
                yaml.find("permissions").map(v -> PermissionsSection.read(v.section())),
                Deferred.of(() -> yaml.find("lineage").map(v -> LineageSettings.read(v.section(), folder))),
                yaml.find("reconcile").flatMap(v -> HomeSection.read(v.section(), folder)));
    }

    /// Who may read ledger, lake and backups.
    public FilePermissions permissions() {
        return permitted.orElseGet(FilePermissions::ownerOnly);
    }

    private static Duration publishEvery(Section yaml) {
        yaml.only("every");
        Value every = yaml.require("every");
        Duration pause = every.duration();
        if (pause.compareTo(SHORTEST_PART) < 0 || pause.compareTo(LONGEST_PART) > 0) {
            throw every.bad("expected from 1m to 1d, found " + every.text());
        }
        return pause;
    }

    /// The source that a command means: the one named, or the only one.
    public SourceConfiguration source(@Nullable String name) {
        if (sources.isEmpty()) {
            throw CommandFailure.usage(
                    file + " names no source to ask: add \"sources\", such as in the file that tactus init writes");
        }
        if (name == null) {
            if (sources.size() == 1) {
                return sources.values().iterator().next();
            }
            throw CommandFailure.usage(
                    file + " has several sources: say which with --source " + String.join("|", sources.keySet()));
        }
        SourceConfiguration source = sources.get(name);
        if (source == null) {
            throw CommandFailure.usage("--source " + name + ": " + file + " has no such source, only "
                    + String.join(", ", sources.keySet()));
        }
        return source;
    }

    /// What reports look like: the layouts that come with the program, and one's own.
    public Layouts layouts() {
        return reports.ownLayouts().map(Layouts::with).orElseGet(Layouts::bundled);
    }

    /// Where what is kept beside the ledger goes: its folder, or that of this file where the ledger is on a server.
    public Path ownFolder() {
        Path beside = ledger.file().orElse(file).toAbsolutePath();
        return beside.getParent() == null ? beside : beside.getParent();
    }

    /// The catalog's file; its rejects go beside the ledger, since the folder of the catalog may be somebody else's.
    public CatalogFile catalogFile() {
        return new CatalogFile(catalog, artistSeparator, ownFolder().resolve("catalog-rejects.csv"));
    }

    /// What was paid for statements, as its file says now.
    public Remittances remittances() {
        Optional<Path> table = reports.remittances();
        if (table.isPresent() && !Files.exists(table.get())) {
            throw CommandFailure.usage(file + ": remittances: there is no file " + table.get()
                    + "; correct its name, or write it with the columns sender, statement_period, currency, amount");
        }
        return table.map(Remittances::read).orElseGet(Remittances::none);
    }

    /// Which services of reports are which sources: as `reports_as` says; without it by the source's own name, and by
    /// its profile's where no other source has the same.
    public ServiceSources services() {
        Map<String, List<String>> said = new LinkedHashMap<>();
        sources.forEach((name, source) ->
                said.put(name, new ArrayList<>(source.reportsAs().isEmpty() ? List.of(name) : source.reportsAs())));
        Map<String, Set<String>> suggested = new LinkedHashMap<>();
        sources.forEach((name, source) -> source.suggestedServices()
                .forEach(service -> suggested
                        .computeIfAbsent(ServiceSources.fold(service), _ -> new LinkedHashSet<>())
                        .add(name)));
        try {
            ServiceSources bySaying = new ServiceSources(said);
            suggested.forEach((service, names) -> {
                if (names.size() == 1 && bySaying.source(service).isEmpty()) {
                    Objects.requireNonNull(said.get(names.iterator().next())).add(service);
                }
            });
            return new ServiceSources(said);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(file + ": " + e.getMessage());
        }
    }

    private static Map<String, SourceConfiguration> sources(Value value, Path folder) {
        Map<String, SourceConfiguration> sources = new LinkedHashMap<>();
        value.section().entries().forEach((name, source) -> {
            if (!name.matches("[a-z0-9][a-z0-9_-]{0,40}")) {
                throw source.bad("a source's name is made of a-z, 0-9, - and _, such as spotify");
            }
            sources.put(name, SourceConfiguration.read(name, source.section(), folder));
        });
        if (sources.isEmpty()) {
            throw value.bad("expected at least one source");
        }
        return sources;
    }

    private static Set<String> sourceNames(Section yaml) {
        return yaml.find("sources").map(v -> v.section().entries().keySet()).orElseGet(Set::of);
    }

    private static boolean isRequired(Value value) {
        return switch (value.text()) {
            case "required" -> true;
            case "none" -> false;
            default -> throw value.bad("expected none, or required (a second person approves each close)");
        };
    }

    private static String separator(Value value) {
        String separator = value.text();
        if (separator.isEmpty() || separator.length() > 10) {
            throw value.bad("expected a separator of 1 to 10 characters, such as \";\"");
        }
        return separator;
    }

    private static DatabaseAddress ledger(Value value, Path folder, UnaryOperator<@Nullable String> variables) {
        if (!value.isSection() && value.text().startsWith(DatabaseAddress.PostgresUrl.PREFIX)) {
            return new DatabaseAddress.PostgresUrl(
                    value.text(),
                    Optional.ofNullable(variables.apply("PGUSER")),
                    Optional.ofNullable(variables.apply("PGPASSWORD")));
        }
        if (value.isSection() || value.text().matches(SCHEME)) {
            throw value.bad(
                    "expected a file, such as ./ledger.db, or a server, such as jdbc:postgresql://host/database");
        }
        return DatabaseAddress.of(path(value, folder));
    }

    static Path path(Value value, Path folder) {
        try {
            return folder.resolve(value.text()).normalize();
        } catch (InvalidPathException e) {
            throw value.bad("not a path: " + e.getReason());
        }
    }
}
