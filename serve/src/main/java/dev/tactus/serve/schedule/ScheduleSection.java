package dev.tactus.serve.schedule;

import dev.tactus.serve.schedule.ScheduledJob.JobKind;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `schedule:`.
public final class ScheduleSection {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int LAST_DAY = 28;

    private ScheduleSection() {}

    /// The jobs.
    ///
    /// @param folder that paths are relative to
    /// @param sources that there are
    public static List<ScheduledJob> read(Value value, Path folder, Set<String> sources) {
        List<ScheduledJob> jobs = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Value one : value.list()) {
            ScheduledJob job = job(one.section(), folder, sources);
            if (!ids.add(job.id())) {
                throw one.bad("the same job stands here twice: " + job.id());
            }
            jobs.add(job);
        }
        return jobs;
    }

    private static ScheduledJob job(Section yaml, Path folder, Set<String> sources) {
        yaml.only("do", "source", "folder", "at", "zone", "day", "every");
        JobKind kind = yaml.require("do").oneOf(JobKind.values(), JobKind::label);
        Optional<Value> source = yaml.find("source");
        source.ifPresent(name -> {
            if (kind != JobKind.SYNC && kind != JobKind.RECONCILE) {
                throw name.bad("only sync and reconcile have a source");
            }
            if (kind == JobKind.SYNC && !sources.contains(name.text())) {
                throw name.bad("there is no source " + name.text() + ", only " + String.join(", ", sources));
            }
        });
        boolean needsFolder = kind == JobKind.IMPORT || kind == JobKind.BACKUP;
        if (!needsFolder) {
            yaml.find("folder").ifPresent(path -> {
                throw path.bad("only import and backup have a folder");
            });
        }
        return new ScheduledJob(
                kind,
                source.map(Value::text),
                needsFolder
                        ? Optional.of(
                                folder.resolve(yaml.require("folder").text()).normalize())
                        : Optional.empty(),
                rhythm(yaml));
    }

    /// When something is due: `at` with `zone` and `day`, or `every`.
    public static JobRhythm rhythm(Section yaml) {
        Optional<Value> every = yaml.find("every");
        Optional<Value> at = yaml.find("at");
        if (every.isPresent() == at.isPresent()) {
            throw yaml.bad("say when: either at: \"04:15\", or every: 5m");
        }
        if (every.isPresent()) {
            Duration pause = every.get().duration();
            if (pause.compareTo(SHORTEST) < 0 || pause.compareTo(LONGEST) > 0) {
                throw every.get().bad("expected from 1m to 31d");
            }
            for (String key : List.of("zone", "day")) {
                yaml.find(key).ifPresent(value -> {
                    throw value.bad("this belongs to at:, not to every:");
                });
            }
            return new JobRhythm.Every(pause);
        }
        return new JobRhythm.Daily(
                time(at.orElseThrow()),
                yaml.find("zone").map(ScheduleSection::zone).orElseGet(() -> ZoneId.of("UTC")),
                yaml.find("day").map(day -> day.whole(1, LAST_DAY)));
    }

    private static LocalTime time(Value value) {
        try {
            return LocalTime.parse(value.text().strip());
        } catch (DateTimeParseException e) {
            throw value.bad("expected a time of day such as \"04:15\", found " + value.text());
        }
    }

    private static ZoneId zone(Value value) {
        try {
            return ZoneId.of(value.text().strip());
        } catch (DateTimeException e) {
            throw value.bad("expected a time zone such as Europe/Berlin, found " + value.text());
        }
    }
}
