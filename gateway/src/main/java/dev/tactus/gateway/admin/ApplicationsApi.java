package dev.tactus.gateway.admin;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.identity.CreatedApplications;
import dev.tactus.gateway.state.CreatedApplicationRecords;
import dev.tactus.gateway.state.CreatedKey;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.settings.InvalidConfiguration;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Applications and keys that an admin makes, lists and takes back while the gateway runs. They live in the state
/// file; a key is told once, when it is made, and kept as its SHA-256. What changes holds with the next request.
/// Thread-safe.
public final class ApplicationsApi {
    private static final Logger log = LoggerFactory.getLogger(ApplicationsApi.class);
    private static final Set<String> FIELDS = Set.of("id", "contact", "plan", "organization", "limits");
    private static final Set<String> KEY_FIELDS = Set.of("ends_at");
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final CreatedApplicationRecords records;
    private final CreatedApplications created;
    private final Consumer<List<ApplicationSettings>> changed;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile GatewaySettings settings;
    private volatile ChangeListener listener = (book, id, value) -> {};

    /// Reads what the state file holds.
    ///
    /// @param created what the data path looks at
    /// @param changed is told of all applications there are, configured and created, whenever they change
    public ApplicationsApi(
            StateFile file,
            CreatedApplications created,
            GatewaySettings settings,
            Consumer<List<ApplicationSettings>> changed,
            InstantSource clock) {
        records = file.created();
        this.created = created;
        this.changed = changed;
        this.clock = clock;
        this.settings = settings;
        configure(settings);
    }

    /// Goes by another configuration, whose limits hold for created applications, too.
    public synchronized void configure(GatewaySettings configured) {
        settings = configured;
        Map<String, ApplicationSettings> applications = new HashMap<>();
        records.applications().forEach((id, json) -> {
            try {
                if (configured(id).isEmpty()) {
                    applications.put(id, ApplicationSettings.read(json, configured));
                }
            } catch (InvalidConfiguration e) {
                log.error(
                        "the application {} in the state file does not fit the configuration: {}", id, e.getMessage());
            }
        });
        Map<Sha256, CreatedApplications.KeyOwner> keys = new HashMap<>();
        for (CreatedKey key : records.keys()) {
            keys.put(
                    key.digest(),
                    new CreatedApplications.KeyOwner(
                            key.application(),
                            key.endsAt().map(ApplicationsApi::nanos).orElse(Long.MAX_VALUE)));
        }
        created.replace(applications, records.applications(), keys);
        List<ApplicationSettings> all = new java.util.ArrayList<>(configured.applications());
        all.addAll(applications.values());
        changed.accept(all);
    }

    /// Who is told of what changes here.
    public void tells(ChangeListener to) {
        listener = to;
    }

    /// All applications that were made, as JSON by their ids.
    public Map<String, String> sharedApplications() {
        return records.applications();
    }

    /// All keys that were made, as JSON by their ids.
    public Map<String, String> sharedKeys() {
        return records.keys().stream().collect(Collectors.toMap(CreatedKey::id, ApplicationsApi::json));
    }

    private static String json(CreatedKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", key.application());
        fields.put("sha256", key.digest().hex());
        fields.put("created_at", key.createdAt().toString());
        key.endsAt().ifPresent(end -> fields.put("ends_at", end.toString()));
        return AdminResponse.MAPPER.writeValueAsString(fields);
    }

    /// Takes the applications that several gateways have agreed on.
    public synchronized void followApplications(Supplier<Map<String, String>> agreed) {
        records.replaceApplications(agreed.get(), clock.instant());
        configure(settings);
    }

    /// Takes the keys that several gateways have agreed on.
    public synchronized void followKeys(Supplier<Map<String, String>> agreed) {
        records.replaceKeys(agreed.get().entrySet().stream()
                .map(each -> {
                    JsonNode fields = AdminResponse.MAPPER.readTree(each.getValue());
                    return new CreatedKey(
                            each.getKey(),
                            fields.path("application").asString(),
                            Sha256.parse(fields.path("sha256").asString()),
                            Instant.parse(fields.path("created_at").asString()),
                            Optional.of(fields.path("ends_at").asString(""))
                                    .filter(text -> !text.isEmpty())
                                    .map(Instant::parse));
                })
                .toList());
        configure(settings);
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private Optional<ApplicationSettings> configured(String id) {
        return settings.applications().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private boolean isKnown(String id) {
        return created.application(id).isPresent() || configured(id).isPresent();
    }

    /// `POST /applications` with `{"id", "contact", "plan", "limits"}`.
    synchronized AdminResponse create(JsonNode body) {
        Optional<AdminResponse> wrong = unknownFields(body, FIELDS);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        try {
            ApplicationSettings application = ApplicationSettings.read(body.toString(), settings);
            String id = application.id();
            if (isKnown(id)) {
                return AdminResponse.error(409, "there is an application \"" + id + "\" already");
            }
            records.add(id, body.toString(), clock.instant());
            listener.changed(ChangeListener.APPLICATIONS, id, Optional.of(body.toString()));
            configure(settings);
            return AdminResponse.json(described(application)).withStatus(201).with("Location", "/applications/" + id);
        } catch (InvalidConfiguration e) {
            return AdminResponse.error(400, String.valueOf(e.getMessage()));
        }
    }

    /// `DELETE /applications/ID`, for those that were created.
    synchronized AdminResponse remove(String id) {
        List<CreatedKey> keys = records.keys().stream()
                .filter(key -> key.application().equals(id))
                .toList();
        if (records.remove(id)) {
            listener.changed(ChangeListener.APPLICATIONS, id, Optional.empty());
            keys.forEach(key -> listener.changed(ChangeListener.KEYS, key.id(), Optional.empty()));
            configure(settings);
            return AdminResponse.text("").withStatus(204);
        }
        return configured(id).isPresent()
                ? AdminResponse.error(
                        409, "the application \"" + id + "\" stands in the configuration; remove it there")
                : unknown(id);
    }

    /// `POST /applications/ID/keys`, optionally with `{"ends_at": "2027-01-01T00:00:00Z"}`.
    synchronized AdminResponse issue(String application, JsonNode body) {
        if (!isKnown(application)) {
            return unknown(application);
        }
        Optional<AdminResponse> wrong = unknownFields(body, KEY_FIELDS);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<Instant> endsAt;
        try {
            endsAt = Optional.of(body.path("ends_at").asString(""))
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse);
        } catch (DateTimeException e) {
            return AdminResponse.error(400, "ends_at must be an instant such as 2027-01-01T00:00:00Z");
        }
        Instant now = clock.instant();
        if (endsAt.filter(end -> !end.isAfter(now)).isPresent()) {
            return AdminResponse.error(400, "ends_at (" + endsAt.get() + ") is over");
        }
        String key = "tactus_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(KEY_BYTES));
        CreatedKey made = new CreatedKey(
                "key_" + HexFormat.of().formatHex(random(ID_BYTES)), application, Sha256.of(key), now, endsAt);
        records.add(made);
        listener.changed(ChangeListener.KEYS, made.id(), Optional.of(json(made)));
        configure(settings);
        Map<String, Object> fields = described(made);
        fields.put("key", key);
        return AdminResponse.json(fields).withStatus(201);
    }

    /// `GET /applications/ID/keys`.
    AdminResponse keys(String application) {
        return isKnown(application) ? AdminResponse.json(Map.of("keys", described(application))) : unknown(application);
    }

    /// `DELETE /applications/ID/keys/KEY_ID`.
    synchronized AdminResponse revoke(String application, String id) {
        if (!records.removeKey(application, id)) {
            return AdminResponse.error(
                    404,
                    "the application \"" + application + "\" has no key \"" + id
                            + "\" that was made here; keys in the configuration are removed there");
        }
        listener.changed(ChangeListener.KEYS, id, Optional.empty());
        configure(settings);
        return AdminResponse.text("").withStatus(204);
    }

    /// The keys of an application that were made here.
    List<Map<String, Object>> described(String application) {
        return records.keys().stream()
                .filter(key -> key.application().equals(application))
                .map(ApplicationsApi::described)
                .toList();
    }

    private static Map<String, Object> described(CreatedKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", key.id());
        fields.put("created_at", key.createdAt().toString());
        key.endsAt().ifPresent(end -> fields.put("ends_at", end.toString()));
        return fields;
    }

    private static Map<String, Object> described(ApplicationSettings application) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", application.id());
        fields.put("contact", application.contact().isPresent());
        application.plan().ifPresent(plan -> fields.put("plan", plan));
        application.organization().ifPresent(of -> fields.put("organization", of));
        List<Map<String, Object>> limits = application.limits().stream()
                .map(limit -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("name", limit.name());
                    one.put("permits", limit.permits());
                    one.put("window_ms", limit.window().toMillis());
                    return one;
                })
                .toList();
        fields.put("limits", limits);
        return fields;
    }

    private static Optional<AdminResponse> unknownFields(JsonNode body, Set<String> known) {
        Set<String> stray = new TreeSet<>(body.propertyNames());
        stray.removeAll(known);
        return stray.isEmpty() && (body.isObject() || body.isMissingNode())
                ? Optional.empty()
                : Optional.of(AdminResponse.error(
                        400,
                        "expected an object with " + String.join(", ", new TreeSet<>(known)) + ", found "
                                + (stray.isEmpty() ? "something else" : String.join(", ", stray))));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static AdminResponse unknown(String id) {
        return AdminResponse.error(404, "unknown application \"" + id + "\"");
    }
}
