package dev.tactus.serve;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.events.EventLog;
import dev.tactus.serve.lists.ServedLists;
import dev.tactus.serve.schedule.JobScheduler;
import dev.tactus.serve.schedule.JobStart;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers the lists that are the site's own, its schedule and its events, as commands answer theirs.
record OwnLists(CommandRunner commands, JobScheduler jobs, EventLog events) implements CommandRunner {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int EVENTS = 10_000;

    /// Whether words mean one of them.
    static boolean areMeant(List<String> words) {
        return words.equals(ServedLists.SCHEDULE) || words.equals(ServedLists.EVENTS);
    }

    @Override
    public CommandAnswer run(Optional<String> person, List<String> words) {
        if (words.equals(ServedLists.SCHEDULE)) {
            return new CommandAnswer(CommandAnswer.DONE, schedule(), "");
        }
        if (words.equals(ServedLists.EVENTS)) {
            return new CommandAnswer(CommandAnswer.DONE, happened(), "");
        }
        return commands.run(person, words);
    }

    private ObjectNode schedule() {
        ObjectNode body = body("schedule");
        ArrayNode list = body.putArray("jobs");
        jobs.view().forEach(view -> {
            ObjectNode row = list.addObject();
            row.put("job", view.job().id());
            row.put("next_at", view.next().toString());
            Optional<JobStart> last = view.starts().stream().findFirst();
            row.put("started_at", last.map(start -> start.started().toString()).orElse(null));
            row.put(
                    "ended_at",
                    last.flatMap(JobStart::ended).map(Object::toString).orElse(null));
            row.put("reason", last.map(JobStart::reason).orElse(null));
            row.put("exit_code", last.flatMap(JobStart::exit).orElse(null));
            row.put("message", last.map(JobStart::message).orElse(null));
        });
        return body;
    }

    private ObjectNode happened() {
        ObjectNode body = body("events");
        ArrayNode list = body.putArray("events");
        events.last(EVENTS).forEach(event -> {
            ObjectNode row = list.addObject();
            row.put("cursor", event.number());
            row.put("type", event.type());
            row.put("subject", event.subject());
            row.put("time", event.at().toString());
            row.put("id", event.id());
        });
        return body;
    }

    private static ObjectNode body(String name) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("command", "serve " + name);
        body.put("ok", true);
        return body;
    }
}
