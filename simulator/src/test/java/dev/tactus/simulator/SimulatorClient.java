package dev.tactus.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who talks to a simulator over real HTTP, one connection at a time.
final class SimulatorClient implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";

    SimulatorClient(Simulator simulator) {
        this.base = simulator.baseUri();
    }

    /// A client that has a token.
    static SimulatorClient of(Simulator simulator) throws IOException, InterruptedException {
        SimulatorClient client = new SimulatorClient(simulator);
        client.authenticate();
        return client;
    }

    void authenticate() throws IOException, InterruptedException {
        HttpResponse<String> answer = token("id", "secret", "grant_type=client_credentials");
        token = JSON.readTree(answer.body()).path("access_token").asString();
    }

    HttpResponse<String> token(String id, String secret, String form) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(base.resolve("/api/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(pathAndQuery))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    int status(String pathAndQuery) throws IOException, InterruptedException {
        return get(pathAndQuery).statusCode();
    }

    JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
        return JSON.readTree(get(pathAndQuery).body());
    }

    static String search(String isrc) {
        return "/v1/search?q=" + URLEncoder.encode("isrc:" + isrc, StandardCharsets.UTF_8) + "&type=track&limit=50";
    }

    static String tracks(Collection<String> ids) {
        return "/v1/tracks?ids=" + String.join(",", ids);
    }

    static String streams(Collection<String> ids, Object day) {
        return "/v1/streams?ids=" + String.join(",", ids) + "&date=" + day;
    }

    static String listeners(Collection<String> ids, Object day) {
        return "/v1/listeners?ids=" + String.join(",", ids) + "&date=" + day;
    }

    @Override
    public void close() {
        http.close();
    }
}
