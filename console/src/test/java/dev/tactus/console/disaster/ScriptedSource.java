package dev.tactus.console.disaster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A service that answers from a table of counts, which its revisions change.
///
/// Every count tells which recording, territory, day and revision it is of: a wrong one is seen by itself. Thread-safe.
final class ScriptedSource implements AutoCloseable {
    static final List<String> TERRITORIES = List.of("DE", "GB", "US");
    /// A count is a number of its cell, times this, plus its revision.
    private static final long REVISIONS = 1_000;

    private final int recordings;
    private final HttpServer server;
    private final Map<LocalDate, Integer> revisions = new HashMap<>();
    private final Set<LocalDate> pending = new HashSet<>();

    static {
        // before the server's class reads it: answers would wait 40 ms each for an acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    ScriptedSource(int recordings) {
        this.recordings = recordings;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String catalogCsv() {
        StringBuilder csv = new StringBuilder("isrc,title\n");
        for (int i = 0; i < recordings; i++) {
            csv.append(isrc(i)).append(",Title ").append(i).append('\n');
        }
        return csv.toString();
    }

    /// From now on every count of a day is another.
    synchronized void revise(LocalDate day) {
        revisions.merge(day, 1, Integer::sum);
    }

    /// Lets every second recording's counts of a day wait, or no longer.
    synchronized void pending(LocalDate day, boolean waits) {
        if (waits) {
            pending.add(day);
        } else {
            pending.remove(day);
        }
    }

    synchronized boolean isPending(LocalDate day) {
        return pending.contains(day);
    }

    synchronized int revision(LocalDate day) {
        return revisions.getOrDefault(day, 0);
    }

    /// Which revision of a cell a count is, or -1 if it is none of its own.
    ///
    /// @param kind `streams` or `listeners`
    int revision(String kind, String isrc, String territory, LocalDate day, long count) {
        long revision = count - cell(kind, isrc, territory, day) * REVISIONS;
        return revision >= 0 && revision <= revision(day) ? Math.toIntExact(revision) : -1;
    }

    /// The count of a cell, named as [LakeContent] does, in a revision.
    static long count(String key, int revision) {
        String[] of = key.split(" ", -1);
        return cell(of[0], of[1], of[2], LocalDate.parse(of[3])) * REVISIONS + revision;
    }

    List<String> isrcs() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < recordings; i++) {
            all.add(isrc(i));
        }
        return all;
    }

    static String isrc(int number) {
        return String.format("GBTST25%05d", number);
    }

    private static long cell(String kind, String isrc, String territory, LocalDate day) {
        return 1L + Math.floorMod(Objects.hash(kind, isrc, territory, day.toString()), 1_000_000);
    }

    private long count(String kind, String isrc, String territory, LocalDate day) {
        return cell(kind, isrc, territory, day) * REVISIONS + revision(day);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized String body(URI uri) {
        Map<String, String> query = query(uri);
        return switch (uri.getPath()) {
            case "/api/token" -> "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
            case "/v1/search" ->
                "{\"tracks\":{\"items\":[" + track(text(query, "q").replace("isrc:", "")) + "],\"total\":1}}";
            case "/v1/tracks" -> "{\"tracks\":[" + each(query, ScriptedSource::track) + "]}";
            case "/v1/streams" -> daily(query, "streams");
            case "/v1/listeners" -> daily(query, "listeners");
            default -> throw new IllegalStateException("nobody asks " + uri);
        };
    }

    private String daily(Map<String, String> query, String kind) {
        LocalDate day = LocalDate.parse(text(query, "date"));
        return "{\"date\":\"" + day + "\",\"items\":[" + each(query, isrc -> item(kind, isrc, day)) + "]}";
    }

    private String item(String kind, String isrc, LocalDate day) {
        String head = "{\"track_id\":\"" + id(isrc) + "\",\"isrc\":\"" + isrc + "\",";
        if (isPending(day) && isrc.charAt(isrc.length() - 1) % 2 == 1) {
            return head + "\"status\":\"pending\"}";
        }
        return head + "\"status\":\"available\",\"territories\":["
                + TERRITORIES.stream()
                        .map(territory -> "{\"territory\":\"" + territory + "\",\"" + kind + "\":"
                                + count(kind, isrc, territory, day) + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String each(Map<String, String> query, Function<String, String> item) {
        List<String> items = new ArrayList<>();
        for (String id : text(query, "ids").split(",", -1)) {
            items.add(item.apply(id.substring(id.length() - 12)));
        }
        return String.join(",", items);
    }

    private static String track(String isrc) {
        return "{\"id\":\"" + id(isrc) + "\",\"name\":\"Title " + Integer.parseInt(isrc.substring(7))
                + "\",\"duration_ms\":200000,\"explicit\":false,\"external_ids\":{\"isrc\":\"" + isrc
                + "\"},\"artists\":[{\"id\":\"a\",\"name\":\"Ada\"}]}";
    }

    private static String id(String isrc) {
        return "0000000000" + isrc;
    }

    private static String text(Map<String, String> query, String name) {
        return Objects.requireNonNull(query.get(name), name);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getQuery() != null) {
            for (String pair : uri.getQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts[1]);
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
