package dev.tactus.serve.events;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Events in sentences, for people: `{"text": "…"}` as Slack and those like it take it. Stateless.
final class EventText {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_LINES = 20;
    private static final int LONGEST_SUBJECT = 120;

    private EventText() {}

    /// One message for all of them.
    static String message(List<SiteEvent> events, ChatSettings form) {
        return form.mail().isPresent() ? mail(events, form) : chat(events, form);
    }

    private static String mail(List<SiteEvent> events, ChatSettings form) {
        String first = clipped(sentence(events.getFirst()).replaceAll("\\p{Cntrl}+", " "));
        ObjectNode message = MAPPER.createObjectNode();
        message.put("subject", events.size() == 1 ? first : first + " (and " + (events.size() - 1) + " more)");
        List<String> lines = new ArrayList<>();
        events.stream()
                .limit(MOST_LINES)
                .forEach(event -> lines.add(event.at() + "  " + sentence(event).replaceAll("\\p{Cntrl}+", " ")));
        if (events.size() > MOST_LINES) {
            lines.add("and " + (events.size() - MOST_LINES) + " more");
        }
        form.site().ifPresent(site -> lines.addAll(List.of("", page(site))));
        message.put("text", String.join("\n", lines) + "\n");
        return MAPPER.writeValueAsString(message);
    }

    private static String clipped(String subject) {
        return subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT
                ? subject
                : subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT)) + "…";
    }

    private static String page(URI site) {
        return site.toString().replaceAll("/+$", "") + "/events";
    }

    private static String chat(List<SiteEvent> events, ChatSettings form) {
        List<String> lines = new ArrayList<>();
        events.stream().limit(MOST_LINES).forEach(event -> lines.add("• " + harmless(sentence(event))));
        if (events.size() > MOST_LINES) {
            lines.add("and " + (events.size() - MOST_LINES) + " more");
        }
        form.site().ifPresent(site -> lines.add("<" + page(site) + "|What happened>"));
        ObjectNode message = MAPPER.createObjectNode();
        message.put("text", String.join("\n", lines));
        return MAPPER.writeValueAsString(message);
    }

    /// What a title or a name says is no mark-up, and calls nobody.
    private static String harmless(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String sentence(SiteEvent event) {
        JsonNode data = event.data();
        return switch (event.type().substring("dev.tactus.".length())) {
            case "run.finished", "run.failed", "run.abandoned" -> run(data);
            case "drift.found" ->
                text(data, "source") + " says " + text(data, "field") + " \"" + text(data, "found") + "\" of "
                        + text(data, "isrc") + ", and the catalog \"" + text(data, "expected") + "\" ("
                        + text(data, "severity") + ")";
            case "statement.imported" -> "A statement of " + statement(data) + " landed: " + landed(data);
            case "statement.voided" -> "A statement of " + statement(data) + " was taken back";
            case "period.closed" -> period(data) + " was closed by " + text(data, "by");
            case "period.reopened" ->
                period(data) + " was reopened by " + text(data, "by")
                        + Optional.of(text(data, "reason"))
                                .filter(reason -> !reason.isEmpty())
                                .map(reason -> ": " + reason)
                                .orElse("");
            case "deadline.at_risk", "deadline.missed" -> capital(text(data, "text"));
            case "limit.closed" ->
                text(data, "source") + " has closed itself to us (" + text(data, "scope") + ") until "
                        + text(data, "closed_until");
            default -> event.type() + " " + event.subject();
        };
    }

    private static String capital(String words) {
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String run(JsonNode data) {
        String days = text(data, "from").equals(text(data, "to"))
                ? text(data, "from")
                : text(data, "from") + " to " + text(data, "to");
        StringBuilder sentence = new StringBuilder("The run of " + text(data, "source") + " for " + days + " is "
                + text(data, "state") + ": " + number(data, "landed") + " of " + number(data, "planned")
                + " items landed");
        counted(sentence, data, "dead_lettered", "set aside");
        counted(sentence, data, "awaiting_report", "awaiting a report");
        counted(sentence, data, "parked", "parked");
        return sentence.toString();
    }

    private static void counted(StringBuilder sentence, JsonNode data, String field, String words) {
        if (data.path(field).asLong(0) > 0) {
            sentence.append(", ").append(number(data, field)).append(' ').append(words);
        }
    }

    private static String statement(JsonNode data) {
        String name = text(data, "name");
        return text(data, "sender") + " (" + name.substring(name.lastIndexOf('/') + 1) + ")";
    }

    private static String landed(JsonNode data) {
        StringBuilder sentence = new StringBuilder(number(data, "landed") + " of " + number(data, "read") + " rows");
        for (JsonNode total : data.path("totals")) {
            sentence.append(", ").append(text(total, "landed")).append(' ').append(text(total, "currency"));
        }
        return sentence.toString();
    }

    private static String period(JsonNode data) {
        return text(data, "period") + " of " + text(data, "source");
    }

    private static String number(JsonNode data, String field) {
        return String.format(Locale.ROOT, "%,d", data.path(field).asLong(0));
    }

    private static String text(JsonNode data, String field) {
        return data.path(field).asString("");
    }
}
