package dev.tactus.serve.events;

import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Events for programs: those after a cursor as JSON, or a stream (server-sent events) that goes on.
public final class EventApi implements ViewHandler {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final EventLog events;

    public EventApi(EventLog events) {
        this.events = events;
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        boolean stream = request.header("accept").orElse("").contains("text/event-stream");
        long after = cursor(
                request.asked("after").or(() -> request.header("last-event-id")).orElse("0"));
        if (stream) {
            return PageResponse.stream("text/event-stream", out -> send(after, out));
        }
        int size = (int) Math.min(MOST, cursor(request.asked("size").orElse(Integer.toString(USUAL))));
        List<SiteEvent> found = events.after(after, size);
        ObjectNode body = MAPPER.createObjectNode();
        ArrayNode list = body.putArray("events");
        found.forEach(event -> list.add(event.cloudEvent()));
        body.put("after", found.isEmpty() ? after : found.getLast().number());
        return PageResponse.of(200, PageResponse.JSON, MAPPER.writeValueAsBytes(body));
    }

    private void send(long after, OutputStream out) throws IOException, InterruptedException {
        long cursor = after;
        // a comment, so that the client knows at once that it is connected
        write(out, ": tactus\n\n");
        while (!Thread.currentThread().isInterrupted()) {
            long seen = events.changes();
            List<SiteEvent> found = events.after(cursor, USUAL);
            for (SiteEvent event : found) {
                write(out, "id: " + event.number() + "\nevent: " + event.type() + "\ndata: " + event.json() + "\n\n");
                cursor = event.number();
            }
            if (found.isEmpty()) {
                events.await(seen, HEARTBEAT);
                write(out, ":\n\n");
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static long cursor(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new PageProblem(400, "after and size are whole numbers, found " + text);
        }
        return Long.parseLong(text);
    }
}
