package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import dev.tactus.gateway.usage.LimitCounts;
import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.gateway.usage.UsageAggregator;
import dev.tactus.gateway.usage.UsagePeers;
import dev.tactus.limits.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each gateway counts, told to all others, so that each one's books have the usage of all, and applications are
/// judged by all of it.
///
/// Counts go into a stream of the store, a second's worth in one entry, and each gateway reads on after the last entry
/// that it has written down. What can't be sent waits and is added up; what nobody has read for [#KEPT] entries is
/// forgotten. One gateway at a time is the judge, for as long as it says so every minute and a half. For one thread at
/// a
/// time.
public final class SharedUsage implements UsagePeers, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedUsage.class);
    private static final String STREAM = "tactus:usage";
    private static final String JUDGE = "tactus:judge";
    private static final int KEPT = 500_000;
    private static final int AT_ONCE = 50;
    private static final long JUDGE_MILLIS = 90_000;
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SharedSettings settings;
    private final String gateway;
    private List<MinuteUsage> unsent = new ArrayList<>();
    private Optional<RedisSession> session = Optional.empty();
    private long tryAgainAt = Long.MIN_VALUE;
    private boolean failing;

    /// @param gateway what this one is called among them
    public SharedUsage(SharedSettings settings, String gateway) {
        this.settings = settings;
        this.gateway = gateway;
    }

    @Override
    public Optional<ReadUsage> exchange(List<MinuteUsage> counted, String after) {
        unsent = UsageAggregator.together(unsent, counted);
        return with(store -> {
            if (!unsent.isEmpty()) {
                store.ask(
                        "XADD",
                        STREAM,
                        "MAXLEN",
                        "~",
                        Integer.toString(KEPT),
                        "*",
                        "of",
                        gateway,
                        "counted",
                        json(unsent));
                unsent = new ArrayList<>();
            }
            String place = after.isEmpty() ? last(store) : after;
            List<MinuteUsage> read = new ArrayList<>();
            while (store.ask("XRANGE", STREAM, "(" + place, "+", "COUNT", Integer.toString(AT_ONCE))
                            instanceof RespReply.Array(List<RespReply> entries)
                    && !entries.isEmpty()) {
                for (RespReply entry : entries) {
                    place = read(entry, read);
                }
            }
            return new ReadUsage(UsageAggregator.together(List.of(), read), place);
        });
    }

    @Override
    public boolean isJudge() {
        return with(store -> {
                    if (store.ask("GET", JUDGE) instanceof RespReply.Text(String judge) && judge.equals(gateway)) {
                        store.ask("PEXPIRE", JUDGE, Long.toString(JUDGE_MILLIS));
                        return true;
                    }
                    return store.ask("SET", JUDGE, gateway, "NX", "PX", Long.toString(JUDGE_MILLIS))
                            instanceof RespReply.Text;
                })
                .orElse(true);
    }

    @Override
    public boolean isFirst(String what, Duration time) {
        return with(store ->
                        store.ask("SET", "tactus:done:" + what, gateway, "NX", "PX", Long.toString(time.toMillis()))
                                instanceof RespReply.Text)
                .orElse(true);
    }

    /// A gateway that joins begins where the others are now.
    private static String last(RedisSession store) throws IOException {
        return store.ask("XREVRANGE", STREAM, "+", "-", "COUNT", "1") instanceof RespReply.Array(List<RespReply> one)
                        && !one.isEmpty()
                        && one.getFirst() instanceof RespReply.Array(List<RespReply> entry)
                        && entry.getFirst() instanceof RespReply.Text(String id)
                ? id
                : "0-0";
    }

    private String read(RespReply entry, List<MinuteUsage> to) throws IOException {
        if (entry instanceof RespReply.Array(List<RespReply> parts)
                && parts.size() == 2
                && parts.get(0) instanceof RespReply.Text(String place)
                && parts.get(1) instanceof RespReply.Array(List<RespReply> fields)
                && fields.size() == 4
                && fields.get(1) instanceof RespReply.Text(String of)
                && fields.get(3) instanceof RespReply.Text(String counted)) {
            if (!of.equals(gateway)) {
                MAPPER.readTree(counted).valueStream().map(SharedUsage::usage).forEach(to::add);
            }
            return place;
        }
        throw new IOException("an entry of " + STREAM + " is none of a gateway's");
    }

    private static String json(List<MinuteUsage> counted) {
        return MAPPER.writeValueAsString(counted.stream()
                .map(each -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("application", each.application());
                    one.put("minute", each.minute());
                    one.put("admitted", each.admitted());
                    one.put("refused", each.refused());
                    one.put("turned_away", each.turnedAway());
                    one.put(
                            "limits",
                            each.limits().stream().map(SharedUsage::json).toList());
                    return one;
                })
                .toList());
    }

    private static Map<String, Object> json(LimitCounts limit) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", limit.limit().name());
        one.put("permits", limit.limit().limit().permits());
        one.put("window_ms", limit.limit().limit().window().toMillis());
        one.put("charged", limit.charged());
        one.put("refused", limit.refused());
        one.put("shadowed", limit.shadowed());
        return one;
    }

    private static MinuteUsage usage(JsonNode one) {
        return new MinuteUsage(
                one.path("application").asString(),
                one.path("minute").asLong(),
                one.path("admitted").asLong(),
                one.path("refused").asLong(),
                one.path("turned_away").asLong(),
                one.path("limits")
                        .valueStream()
                        .map(limit -> new LimitCounts(
                                new MeteredLimit(
                                        limit.path("name").asString(),
                                        new Limit(
                                                limit.path("permits").asInt(),
                                                Duration.ofMillis(
                                                        limit.path("window_ms").asLong()))),
                                limit.path("charged").asLong(),
                                limit.path("refused").asLong(),
                                limit.path("shadowed").asLong()))
                        .toList());
    }

    /// Something that is asked of the store.
    private interface Question<T> {
        T ask(RedisSession store) throws IOException;
    }

    private <T> Optional<T> with(Question<T> question) {
        if (session.isEmpty() && System.nanoTime() - tryAgainAt < 0 && failing) {
            return Optional.empty();
        }
        try {
            RedisSession store = session.isPresent() ? session.get() : new RedisSession(settings);
            session = Optional.of(store);
            T answer = question.ask(store);
            if (failing) {
                failing = false;
                log.info("usage is shared again with {}", settings);
            }
            return Optional.of(answer);
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                log.warn(
                        "usage is not shared with {} ({}); it is sent as soon as the store is there",
                        settings,
                        e.getMessage());
            }
            tryAgainAt = System.nanoTime() + AGAIN.toNanos();
            close();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        session.ifPresent(RedisSession::close);
        session = Optional.empty();
    }
}
