package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Decides on requests by what all gateways together have let through: one script and one trip for each request, all
/// limits or none, by the store's clock, as exact as a log ([shared-limits.lua]).
///
/// What a gateway was told it has charged stays charged if it is killed, for no longer than the window. Each loop has
/// a connection of its own. Thread-safe.
public final class SharedLimiter {
    /// How long a store may take before requests no longer wait for it.
    public static final Duration PATIENCE = Duration.ofMillis(50);

    private static final int FIGURES = 5;
    private static final int NOBODY = -1;
    private static final String SCRIPT = script();
    private static final String SCRIPT_SHA = sha1(SCRIPT);

    /// What was decided, and what is left of each limit afterwards.
    public record SharedDecision(QuotaDecision decision, List<RemainingQuota> standings) {}

    /// What is to be decided on.
    ///
    /// @param keys by which use is kept: an application's, and its organization's where it has one
    /// @param own how many limits are the first one's; the others are the second one's
    /// @param plan all limits
    public record SharedRequest(List<String> keys, int own, UsagePlan plan, Charge charge) {
        public SharedRequest {
            keys = List.copyOf(keys);
        }
    }

    private final SharedSettings settings;
    private final Class<? extends SocketChannel> transport;
    private final Duration patience;
    private final StoreReachability store;
    private final Map<EventLoop, RedisLink> links = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Long>> lostAt = new AtomicReference<>(Optional.empty());
    /// whose use the store was told of since it was lost last
    private final Set<List<String>> caughtUp = ConcurrentHashMap.newKeySet();

    /// @param patience within which the store has to answer, or is taken for lost
    public SharedLimiter(SharedSettings settings, Class<? extends SocketChannel> transport, Duration patience) {
        this.settings = settings;
        this.transport = transport;
        this.patience = patience;
        store = new StoreReachability(settings, this::lost);
    }

    /// Whether requests are refused while the store is lost.
    public boolean refusesWhenLost() {
        return settings.whenLost() == SharedSettings.WhenLost.REFUSE;
    }

    /// Whether requests are refused now, as the store cannot be reached.
    public boolean refusesNow() {
        return refusesWhenLost() && store.isLost();
    }

    /// Makes a loop's connection, so that its first request finds it; to be called on the loop.
    ///
    /// @return done once it is known whether the store can be reached
    public CompletableFuture<Boolean> connect(EventLoop loop) {
        return link(loop).begun();
    }

    private RedisLink link(EventLoop loop) {
        return links.computeIfAbsent(
                loop,
                missing ->
                        new RedisLink(loop, transport, settings, patience, List.of("SCRIPT", "LOAD", SCRIPT), store));
    }

    private void lost() {
        lostAt.set(Optional.of(System.nanoTime()));
        caughtUp.clear();
    }

    /// Whether the store was lost so lately that it may not know all that counts in a plan's windows: what was let
    /// through without it, or what it knew before it began anew.
    public boolean isCatchingUp(UsagePlan plan) {
        return lostAt.get()
                .filter(at -> System.nanoTime() - at < longest(plan).toNanos())
                .isPresent();
    }

    private static Duration longest(UsagePlan plan) {
        return plan.limits().stream()
                .map(limit ->
                        limit.window().multipliedBy(1 + Math.ceilDiv(Math.max(limit.burst(), 1), limit.permits())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /// Tells the store, once after each loss, of what this gateway alone has let through and the store does not know.
    ///
    /// @param known what this gateway knows to be left of each limit
    /// @param told what the store says is left
    public void catchUp(EventLoop loop, SharedRequest request, List<RemainingQuota> known, List<RemainingQuota> told) {
        if (!caughtUp.add(request.keys())) {
            return;
        }
        for (int i = 0; i < known.size(); i++) {
            int more = told.get(i).remaining() - known.get(i).remaining();
            if (more > 0) {
                owe(loop, request, i, more);
            }
        }
    }

    /// Decides on a request; to be called on the loop, on which the answer comes, too.
    ///
    /// @param now nanoseconds of the clock that the decision's moments are told in
    /// @param told nothing where the store is lost
    public void decide(EventLoop loop, SharedRequest request, long now, Consumer<Optional<SharedDecision>> told) {
        UsagePlan plan = request.plan();
        ask(loop, request, NOBODY, 0, reply -> {
            if (reply.isEmpty()) {
                lost();
            }
            told.accept(reply.flatMap(some -> read(some, plan, now)));
        });
    }

    /// Charges to one limit what a request turned out to cost beyond its charge, room or not.
    ///
    /// @param limit its place in the plan
    public void owe(EventLoop loop, SharedRequest request, int limit, int cost) {
        ask(loop, request, limit, cost, reply -> {}); // what a store doesn't know that is lost, each gateway knows
    }

    private void ask(EventLoop loop, SharedRequest request, int owing, int owed, Consumer<Optional<RespReply>> told) {
        RedisLink link = link(loop);
        List<String> words = new ArrayList<>(
                List.of("EVALSHA", SCRIPT_SHA, Integer.toString(request.keys().size())));
        request.keys().forEach(key -> words.add("tactus:{" + key + "}"));
        arguments(request, owing, owed, words);
        link.send(words, reply -> {
            if (reply.isPresent()
                    && reply.get() instanceof RespReply.Failure(String message)
                    && message.startsWith("NOSCRIPT")) {
                words.set(0, "EVAL");
                words.set(1, SCRIPT);
                link.send(words, told);
            } else {
                told.accept(reply);
            }
        });
    }

    /// @param owing the limit that is charged what is owed, and nothing else; [#NOBODY] where the request is decided on
    private static void arguments(SharedRequest request, int owing, int owed, List<String> words) {
        List<LimitSettings> limits = request.plan().limits();
        for (int i = 0; i < limits.size(); i++) {
            LimitSettings limit = limits.get(i);
            words.add(limit.name());
            words.add(limit.kind().name());
            words.add(Integer.toString(limit.permits()));
            words.add(Long.toString(TimeUnit.NANOSECONDS.toMicros(limit.window().toNanos())));
            words.add(Integer.toString(limit.burst()));
            words.add(owing == NOBODY ? Integer.toString(request.plan().cost(request.charge(), i)) : "0");
            words.add(limit.shadow() ? "1" : "0");
            words.add(limit.countsRefused() ? "1" : "0");
            words.add(i < request.own() ? "1" : "2");
            words.add(i == owing ? Integer.toString(owed) : "0");
        }
    }

    private static Optional<SharedDecision> read(RespReply reply, UsagePlan plan, long now) {
        if (!(reply instanceof RespReply.Array(List<RespReply> figures))
                || figures.size() != plan.limits().size() * FIGURES) {
            return Optional.empty();
        }
        List<QuotaDecision.Refusal> refusals = new ArrayList<>(0);
        List<QuotaDecision.Refusal> shadow = new ArrayList<>(0);
        List<RemainingQuota> standings = new ArrayList<>(plan.limits().size());
        long retryAt = now;
        for (int i = 0; i < plan.limits().size(); i++) {
            NamedLimit limit = plan.quota().limits().get(i);
            long[] of = new long[FIGURES];
            for (int at = 0; at < FIGURES; at++) {
                if (!(figures.get(i * FIGURES + at) instanceof RespReply.Whole(long value))) {
                    return Optional.empty();
                }
                of[at] = value;
            }
            if (of[0] == 1) {
                long moment = now + TimeUnit.MICROSECONDS.toNanos(Math.max(1, of[2]));
                QuotaDecision.Refusal refusal = new QuotaDecision.Refusal(limit, moment);
                if (plan.limits().get(i).shadow()) {
                    shadow.add(refusal);
                } else {
                    refusals.add(refusal);
                    retryAt = Math.max(retryAt, moment);
                }
            }
            standings.add(new RemainingQuota(
                    limit,
                    limit.kind().permits(),
                    (int) of[1],
                    now + TimeUnit.MICROSECONDS.toNanos(of[3]),
                    now + TimeUnit.MICROSECONDS.toNanos(of[4])));
        }
        QuotaDecision decision = refusals.isEmpty()
                ? new QuotaDecision.Admitted(shadow)
                : new QuotaDecision.Refused(retryAt, refusals, shadow);
        return Optional.of(new SharedDecision(decision, standings));
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(SharedLimiter.class.getResourceAsStream("shared-limits.lua"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What Redis names scripts by.
    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
