package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.WarningSettings;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.QuotaUse;
import dev.tactus.gateway.usage.UsageLog;
import dev.tactus.gateway.usage.UsagePeers;
import dev.tactus.gateway.usage.UsageRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns applications before they are refused: of a quota of which a share is used, and of one that will be used up if
/// they go on as today.
///
/// A contact is told of each limit and reason once a day, or once a window where that is longer. What is foretold goes
/// by the rate since midnight (UTC), for limits of an hour or more and once an hour of the day is over. For one thread
/// at a time; the warnings that hold may be asked for by any.
public final class QuotaWarnings {
    private static final Logger log = LoggerFactory.getLogger(QuotaWarnings.class);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int A_DAY = 24 * 60;
    private static final int MOST_ASKED = 100;

    private final StateFile file;
    private final Function<String, Optional<ApplicationSettings>> applications;
    private final UsagePeers peers;
    private final Map<QuotaUse.Of, Instant> asked = new HashMap<>();
    private volatile Map<QuotaUse.Of, QuotaUse> used = Map.of();
    private volatile Map<QuotaUse.Of, Instant> exhausted = Map.of();

    /// @param applications those that there are, for their contacts
    /// @param peers of which the first to see it warns
    public QuotaWarnings(
            StateFile file, Function<String, Optional<ApplicationSettings>> applications, UsagePeers peers) {
        this.peers = peers;
        this.file = file;
        this.applications = applications;
    }

    /// The limits of which so much is used that their applications are warned.
    public Map<QuotaUse.Of, QuotaUse> used() {
        return used;
    }

    /// When limits are used up if their applications go on as today.
    public Map<QuotaUse.Of, Instant> exhausted() {
        return exhausted;
    }

    /// Warns of what applications have used.
    ///
    /// @param uses of all that have asked since the last call
    public void look(List<QuotaUse> uses, WarningSettings settings, Instant now) {
        Map<QuotaUse.Of, QuotaUse> nearlyUsed = new HashMap<>(used);
        Map<QuotaUse.Of, Instant> foretold = new HashMap<>(exhausted);
        nearlyUsed.values().removeIf(use -> !now.isBefore(use.freshAt()));
        foretold.values().removeIf(when -> !now.isBefore(when));
        int questions = 0;
        for (QuotaUse use : uses) {
            QuotaUse.Of of = use.of();
            if (use.share() >= settings.at().doubleValue()) {
                nearlyUsed.put(of, use);
                warn(use, "used", Optional.empty(), now);
            } else {
                nearlyUsed.remove(of);
            }
            if (isLong(use) && questions < MOST_ASKED && isDue(of, now)) {
                questions++;
                Optional<Instant> when = forecast(use, now);
                if (when.isPresent()) {
                    foretold.put(of, when.get());
                    warn(use, "forecast", when, now);
                } else {
                    foretold.remove(of);
                }
            }
        }
        used = Map.copyOf(nearlyUsed);
        exhausted = Map.copyOf(foretold);
    }

    private static boolean isLong(QuotaUse use) {
        return use.limit().limit().window().compareTo(LONG) >= 0;
    }

    private boolean isDue(QuotaUse.Of of, Instant now) {
        asked.values().removeIf(at -> !at.plus(AGAIN).isAfter(now));
        return asked.putIfAbsent(of, now) == null;
    }

    private Optional<Instant> forecast(QuotaUse use, Instant now) {
        Instant midnight = UsageLog.day(now).atStartOfDay().toInstant(ZoneOffset.UTC);
        Duration today = Duration.between(midnight, now);
        if (today.compareTo(LONG) < 0) {
            return Optional.empty();
        }
        long charged = file.usage().read(Optional.of(use.application()), midnight, now.plus(AGAIN), A_DAY, 2).stream()
                .flatMap(List::stream)
                .flatMap(row -> row.limits().stream())
                .filter(limit -> limit.name().equals(use.limit().name()))
                .mapToLong(UsageRow.OfLimit::charged)
                .sum();
        return use.exhausted(charged / (today.toMillis() / 1000.0), now);
    }

    private void warn(QuotaUse use, String kind, Optional<Instant> when, Instant now) {
        String limit = use.limit().name();
        Duration window = use.limit().limit().window();
        Duration silence = window.compareTo(Duration.ofDays(1)) > 0 ? window : Duration.ofDays(1);
        Optional<Instant> last = file.warnings().last(use.application(), limit, kind);
        if (last.filter(at -> at.plus(silence).isAfter(now)).isPresent()) {
            return;
        }
        boolean told = peers.isFirst("warned " + kind + " " + limit + " " + use.application(), silence)
                && applications
                        .apply(use.application())
                        .flatMap(ApplicationSettings::contact)
                        .isPresent();
        file.together(() -> {
            file.warnings().warned(use.application(), limit, kind, now);
            if (told) {
                file.messages()
                        .enqueue(
                                ContactMessageBody.id(),
                                use.application(),
                                ContactMessageBody.WARNED,
                                ContactMessageBody.warning(use, when, now),
                                now);
            }
        });
        log.info(
                "application {}: {} of {} of its limit {} are used{}",
                use.application(),
                use.used(),
                use.most(),
                limit,
                when.map(at -> "; at today's rate it is used up at " + at).orElse(""));
    }
}
