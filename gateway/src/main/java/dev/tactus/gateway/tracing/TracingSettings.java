package dev.tactus.gateway.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where spans are sent, and which: what the standard variables of OpenTelemetry say (`OTEL_…`).
///
/// @param endpoint the collector's address for traces
/// @param headers sent with each batch; may hold a secret
/// @param resource who sends them
/// @param queue how many spans wait at most; more are dropped
/// @param batch how many are sent at once
/// @param every how long they wait for others at most
/// @param patience how long the collector may take
record TracingSettings(
        URI endpoint,
        Map<String, String> headers,
        Map<String, String> resource,
        TraceSampler sampler,
        int queue,
        int batch,
        Duration every,
        Duration patience) {
    /// @param variables the environment
    /// @return nothing where no spans are to be sent
    /// @throws IllegalArgumentException for what can't be done, naming the variable
    static Optional<TracingSettings> read(Function<String, Optional<String>> variables) {
        Function<String, Optional<String>> given =
                name -> variables.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> exporter = given.apply("OTEL_TRACES_EXPORTER");
        Optional<String> own = given.apply("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        Optional<String> common = given.apply("OTEL_EXPORTER_OTLP_ENDPOINT");
        boolean wanted = exporter.map(name -> name.equals("otlp")).orElse(own.isPresent() || common.isPresent());
        if (given.apply("OTEL_SDK_DISABLED").filter("true"::equalsIgnoreCase).isPresent() || !wanted) {
            exporter.filter(name -> !name.equals("otlp") && !name.equals("none"))
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "OTEL_TRACES_EXPORTER: expected otlp or none, found \"" + name + "\"");
                    });
            return Optional.empty();
        }
        Optional<String> protocol =
                given.apply("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL").or(() -> given.apply("OTEL_EXPORTER_OTLP_PROTOCOL"));
        protocol.filter(name -> !name.equals("http/json")).ifPresent(name -> {
            throw new IllegalArgumentException("OTEL_EXPORTER_OTLP_PROTOCOL: only http/json is spoken, found \"" + name
                    + "\"; collectors take it at the same port as http/protobuf");
        });
        Map<String, String> resource = new LinkedHashMap<>();
        resource.put("service.name", "tactus-gateway");
        given.apply("OTEL_RESOURCE_ATTRIBUTES")
                .ifPresent(text -> resource.putAll(pairs("OTEL_RESOURCE_ATTRIBUTES", text)));
        given.apply("OTEL_SERVICE_NAME").ifPresent(name -> resource.put("service.name", name));
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : new String[] {"OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"}) {
            given.apply(name).ifPresent(text -> headers.putAll(pairs(name, text)));
        }
        int queue = number(given, "OTEL_BSP_MAX_QUEUE_SIZE", 2_048);
        return Optional.of(new TracingSettings(
                own.map(text -> address("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", text))
                        .orElseGet(() -> address(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                common.orElse("http://localhost:4318").replaceAll("/+$", "") + "/v1/traces")),
                headers,
                resource,
                TraceSampler.of(
                        given.apply("OTEL_TRACES_SAMPLER").orElse("parentbased_always_on"),
                        given.apply("OTEL_TRACES_SAMPLER_ARG")),
                queue,
                Math.min(queue, number(given, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512)),
                Duration.ofMillis(number(given, "OTEL_BSP_SCHEDULE_DELAY", 5_000)),
                Duration.ofMillis(number(given, "OTEL_EXPORTER_OTLP_TIMEOUT", 10_000))));
    }

    private static URI address(String name, String text) {
        try {
            URI address = new URI(text);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name + ": expected an address such as http://localhost:4318", e);
        }
        throw new IllegalArgumentException(name + ": expected an address such as http://localhost:4318");
    }

    /// `key=value,key=value`, values with percent signs.
    private static Map<String, String> pairs(String name, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException(name + ": expected key=value, separated by commas");
            }
            try {
                pairs.put(
                        pair.substring(0, at).strip(),
                        // a plus is no blank here
                        URLDecoder.decode(pair.substring(at + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": a % in a value needs two digits after it", e);
            }
        }
        return pairs;
    }

    private static int number(Function<String, Optional<String>> given, String name, int otherwise) {
        Optional<String> text = given.apply(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[1-9]\\d{0,7}")) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number above 0, found \"" + text.get() + "\"");
        }
        return Integer.parseInt(text.get());
    }

    /// Without headers, which may be secret.
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint.getHost() + ", " + sampler + "]";
    }
}
