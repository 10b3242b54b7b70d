package dev.tactus.console.profiles;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.Source;
import dev.tactus.source.Trial;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.RequestedTrack;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "try",
        description = {
            "Sends one request of a profile and shows what became of each field of the answer.",
            "Paced like every other; a token, where one is needed, takes another request. Nothing is kept.",
            "Address, credentials and parameters are those of the source in tactus.yaml that has this profile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus profile try my-service.yaml --isrc USRC17607839",
            "  tactus profile try my-service.yaml --isrc USRC17607839 --dataset streams --id 4aebBr4JAihzJQR0CiIZJv"
        })
public final class ProfileTryCommand extends TactusCommand {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration LOST_MARGIN = Duration.ofSeconds(5);

    @Parameters(paramLabel = "FILE", description = "The profile's file, or the name of a bundled one.")
    private String file = "";

    @Option(names = "--isrc", paramLabel = "ISRC", required = true, description = "The recording to ask for.")
    private @Nullable Isrc isrc;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "What to ask for. Default: the ids of the recording, or else the profile's first dataset.")
    private @Nullable Dataset dataset;

    @Option(names = "--id", paramLabel = "ID", description = "The id of its track, where the profile asks by ids.")
    private @Nullable String id;

    @Option(names = "--day", paramLabel = "DAY", description = "The day, of a daily dataset. Default: a week ago.")
    private @Nullable LocalDate day;

    @Option(names = "--source", paramLabel = "NAME", description = "The source in tactus.yaml; needed if several fit.")
    private @Nullable String source;

    public ProfileTryCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() throws InterruptedException {
        SourceSettings settings = settings();
        Isrc wanted = Objects.requireNonNull(isrc);
        boolean byId = dataset != null && settings.profile().resolves();
        if (byId && id == null) {
            throw CommandFailure.usage("this profile asks for " + dataset + " by ids: add --id; without --dataset this"
                    + " command shows the ids of a recording");
        }
        RequestedTrack track = id == null || !byId ? RequestedTrack.byIsrc(wanted) : new RequestedTrack(id, wanted);
        LocalDate asked = day != null
                ? day
                : LocalDate.ofInstant(options.console().clock().instant(), ZoneOffset.UTC)
                        .minusDays(7);
        try (Pacer pacer = new Pacer(
                        settings.pacerSettings(LONGEST_PAUSE, LOST_MARGIN),
                        Ticker.system(),
                        options.console().clock());
                Source caller = new Source(
                        settings, pacer, Ticker.system(), options.console().clock(), new Random())) {
            Trial trial = Trial.of(caller, Optional.ofNullable(dataset), track, asked);
            return show(trial, List.copyOf(caller.unknownFields()));
        }
    }

    /// The source that has this profile; without one the profile has to stand alone.
    private SourceSettings settings() {
        List<SourceConfiguration> sources = !Files.exists(options.config)
                ? List.of()
                : options.configuration().sources().values().stream()
                        .filter(one -> source != null ? one.name().equals(source) : one.hasProfile(file))
                        .toList();
        if (sources.size() > 1) {
            throw CommandFailure.usage("several sources have this profile: name one with --source");
        }
        if (source != null && sources.isEmpty()) {
            throw CommandFailure.usage(options.config + " has no source " + source);
        }
        return sources.isEmpty()
                ? SourceConfiguration.alone(file).settings()
                : sources.getFirst().settings();
    }

    private int show(Trial trial, List<String> unknown) {
        boolean lands = trial.parked().isEmpty() && trial.rejections().isEmpty();
        List<String> outcomes = trial.tracks().stream()
                .map(one -> one.track().id() + ": " + one.outcome())
                .toList();
        List<String> wrong = new ArrayList<>();
        trial.parked().ifPresent(wrong::add);
        trial.rejections()
                .forEach(why -> wrong.add(
                        (why.pointer().isEmpty() ? "" : why.pointer() + ": ") + why.reason() + ": " + why.detail()));
        if (options.json) {
            options.printJson(
                    lands,
                    JsonObject.of("request", trial.request())
                            .put(
                                    "status",
                                    trial.exchange()
                                            .map(one -> one.httpStatus())
                                            .orElse(null))
                            .put(
                                    "fields",
                                    trial.fields().stream()
                                            .map(field -> JsonObject.of("name", field.name())
                                                    .put("pointer", field.pointer())
                                                    .put("found", field.found().orElse(null)))
                                            .toList())
                            .put("tracks", outcomes)
                            .put("wrong", wrong)
                            .put("unknown", unknown));
            return lands ? ExitCode.DONE : ExitCode.INCOMPLETE;
        }
        options.print("GET " + trial.request() + " -> "
                + trial.exchange().map(one -> "HTTP " + one.httpStatus()).orElse("no answer"));
        if (!trial.fields().isEmpty()) {
            TextTable table = new TextTable("FIELD", "POINTER", "FOUND");
            trial.fields()
                    .forEach(field -> table.row(
                            field.name(), field.pointer(), field.found().orElse("nothing")));
            table.lines().forEach(options::print);
        }
        outcomes.forEach(options::print);
        wrong.forEach(line -> options.print("NOT OK  " + line));
        unknown.forEach(field -> options.print("note    a field that no schema knows: " + field));
        return lands ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }
}
