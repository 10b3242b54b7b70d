package dev.tactus.gateway.events;

import com.sun.net.httpserver.Headers;
import dev.tactus.gateway.config.EventSettings;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.state.SubscriptionRecords;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What an application may do with subscriptions: make, extend, list, look at and end its own. Thread-safe.
final class SubscriptionApi {
    private static final Duration LIFETIME = Duration.ofDays(3);
    private static final int MOST = 10_000;
    private static final int LONGEST_PATH = 1_000;

    private final Subscribers subscribers;
    private final SubscriptionRecords records;
    private final ResourcePoller poller;
    private final CallbackTransport transport;
    private final InstantSource clock;
    private final String identifying;
    private final SecureRandom random = new SecureRandom();

    /// What is answered.
    ///
    /// @param body absent where there is none
    record Answer(int status, Map<String, ?> body) {
        static Answer error(int status, String message) {
            return new Answer(status, Map.of("error", message));
        }
    }

    /// @param identifying the field by which applications are known
    SubscriptionApi(
            Subscribers subscribers,
            ResourcePoller poller,
            CallbackTransport transport,
            String identifying,
            InstantSource clock) {
        this.subscribers = subscribers;
        this.records = subscribers.records();
        this.poller = poller;
        this.transport = transport;
        this.identifying = identifying;
        this.clock = clock;
    }

    /// `POST /subscriptions`
    Answer subscribe(String application, JsonNode body, Headers fields, EventSettings settings)
            throws InterruptedException {
        Set<String> stray = new TreeSet<>(body.propertyNames());
        stray.removeAll(Set.of("resource", "callback"));
        if (!body.isObject() || !stray.isEmpty()) {
            return Answer.error(
                    400,
                    "expected {\"resource\": \"/path\", \"callback\": \"https://…\"}"
                            + (stray.isEmpty() ? "" : "; not known: " + String.join(", ", stray)));
        }
        String resource = body.path("resource").asString("");
        Optional<EventSettings.Resource> how = isPath(resource) ? settings.resource(resource) : Optional.empty();
        if (how.isEmpty()) {
            return Answer.error(
                    404,
                    "\"" + resource + "\" can't be subscribed to; resources here are "
                            + settings.resources().stream()
                                    .map(each -> each.path().path())
                                    .toList());
        }
        Optional<String> callback =
                Optional.of(body.path("callback").asString("")).filter(text -> !text.isEmpty());
        String credentials = how.get().open() ? "{}" : credentials(fields);
        Instant until = clock.instant().plus(LIFETIME);
        Optional<Subscription> same = subscribers.same(application, resource, callback);
        if (same.isPresent() && same.get().deadAt().isEmpty()) {
            records.extend(same.get().id(), until, credentials);
            Subscription extended = same.get().extended(until);
            subscribers.put(extended);
            return new Answer(200, told(extended));
        }
        if (subscribers.all().stream()
                        .filter(one -> one.application().equals(application))
                        .count()
                >= MOST) {
            return Answer.error(429, "this application has " + MOST + " subscriptions; end some first");
        }
        Optional<Answer> refused = callback.flatMap(to -> refusal(to, settings));
        if (refused.isPresent()) {
            return refused.get();
        }
        same.ifPresent(this::end);
        return create(application, resource, callback, how.get(), credentials, until);
    }

    private Answer create(
            String application,
            String resource,
            Optional<String> callback,
            EventSettings.Resource how,
            String credentials,
            Instant until)
            throws InterruptedException {
        // how it looks now, so that whatever changes from here on is an event
        String audience = how.open() ? "" : application;
        long first = records.lastEvent();
        Optional<Integer> status = poller.ask(resource, audience, how, credentials);
        if (!how.open() && status.filter(code -> code / 100 == 4 && code != 429).isPresent()) {
            return Answer.error(403, "the upstream answers " + status.get() + " to this application for " + resource);
        }
        byte[] id = new byte[12];
        byte[] secret = new byte[32];
        random.nextBytes(id);
        random.nextBytes(secret);
        Subscription made = new Subscription(
                "sub_" + HexFormat.of().formatHex(id),
                application,
                resource,
                callback,
                "whsec_" + Base64.getEncoder().encodeToString(secret),
                credentials,
                clock.instant(),
                until,
                first,
                first,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        records.add(made);
        subscribers.put(made);
        poller.follow(made);
        return new Answer(201, told(made));
    }

    private static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH
                && text.matches("(/[A-Za-z0-9._~!$&'()*+,=:@-]+)+")
                && !text.matches(".*/\\.\\.?(/.*)?");
    }

    /// The fields with which the application asks, so that it is told of nothing that it couldn't have asked for.
    private String credentials(Headers fields) {
        Map<String, String> own = new LinkedHashMap<>();
        for (String name : new TreeSet<>(List.of("Authorization", identifying))) {
            String value = name.isEmpty() ? null : fields.getFirst(name);
            if (value != null) {
                own.put(name, value);
            }
        }
        return EventFormat.MAPPER.writeValueAsString(own);
    }

    /// Why a callback is not taken: it must be an address of the internet, and say that it wants to be called.
    private Optional<Answer> refusal(String callback, EventSettings settings) {
        URI to;
        try {
            to = new URI(callback);
        } catch (URISyntaxException e) {
            return Optional.of(Answer.error(400, "the callback is not an address"));
        }
        boolean web = "https".equalsIgnoreCase(to.getScheme()) || "http".equalsIgnoreCase(to.getScheme());
        if (!web || to.getHost() == null || to.getRawUserInfo() != null || callback.length() > 2 * LONGEST_PATH) {
            return Optional.of(
                    Answer.error(400, "the callback must be an http or https address without user and password"));
        }
        try {
            if (!settings.challenge()) {
                new PublicAddresses(settings.privateAddresses()).find(to.getHost());
                return Optional.empty();
            }
            CallbackTransport.Answer answer =
                    transport.send("OPTIONS", to, Map.of("WebHook-Request-Origin", EventFormat.ORIGIN), "");
            String allowed = answer.fields().getOrDefault("webhook-allowed-origin", "");
            boolean wanted = answer.isSuccess() && (allowed.equals("*") || allowed.equals(EventFormat.ORIGIN));
            return wanted
                    ? Optional.empty()
                    : Optional.of(Answer.error(
                            400,
                            "the callback doesn't say that it wants events: answer OPTIONS with 200 and "
                                    + "WebHook-Allowed-Origin: " + EventFormat.ORIGIN + " (CloudEvents webhooks)"));
        } catch (IOException e) {
            String why = e.getClass() == IOException.class
                    ? String.valueOf(e.getMessage())
                    : "the callback gives no response (" + e.getClass().getSimpleName() + ")";
            return Optional.of(Answer.error(400, why));
        }
    }

    /// `GET /subscriptions`
    Answer list(String application) {
        return new Answer(
                200,
                Map.of(
                        "subscriptions",
                        subscribers.all().stream()
                                .filter(one -> one.application().equals(application))
                                .map(SubscriptionApi::described)
                                .toList()));
    }

    /// An application's own subscription.
    Optional<Subscription> find(String application, String id) {
        return subscribers
                .find(id)
                .filter(one ->
                        one.application().equals(application) && one.expiresAt().isAfter(clock.instant()));
    }

    Answer show(Subscription one) {
        return new Answer(200, described(one));
    }

    Answer end(Subscription one) {
        records.remove(one.id());
        subscribers.remove(one);
        return new Answer(204, Map.of());
    }

    private static Map<String, Object> told(Subscription one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("expires_at", one.expiresAt().toString());
        fields.put("secret", one.secret());
        return fields;
    }

    private static Map<String, Object> described(Subscription one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.put("resource", one.resource());
        one.callback().ifPresent(to -> fields.put("callback", to));
        fields.put("state", one.deadAt().isPresent() ? "dead" : one.attempts() > 0 ? "failing" : "active");
        fields.put("created_at", one.createdAt().toString());
        fields.put("expires_at", one.expiresAt().toString());
        one.callback().ifPresent(to -> fields.put("delivered", one.sentEvent()));
        one.lastError().ifPresent(error -> fields.put("last_error", error));
        return fields;
    }
}
