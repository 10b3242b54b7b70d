package dev.tactus.console.today;

import dev.tactus.console.output.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Something that needs somebody.
///
/// @param kind such as `late_statement`
/// @param subject what it is about, in a word or two
/// @param text what is the matter, in a sentence
/// @param count how many there are of it
/// @param money that waits, by currency
/// @param command what somebody may do
/// @param page where it is seen on the page of `tactus serve`
record Need(
        Urgency urgency,
        String kind,
        String subject,
        String text,
        long count,
        SortedMap<String, BigDecimal> money,
        Optional<Instant> since,
        String command,
        String page) {
    /// How soon.
    enum Urgency {
        /// Something is late or stands still.
        NOW,
        /// Something will.
        SOON,
        /// Something can be decided.
        NOTICE
    }

    static Need of(Urgency urgency, String kind, String subject, String text, long count, String command, String page) {
        return new Need(urgency, kind, subject, text, count, new TreeMap<>(), Optional.empty(), command, page);
    }

    Need since(Instant at) {
        return new Need(urgency, kind, subject, text, count, money, Optional.of(at), command, page);
    }

    Need worth(Map<String, BigDecimal> amounts) {
        return new Need(urgency, kind, subject, text, count, new TreeMap<>(amounts), since, command, page);
    }

    JsonObject fields() {
        JsonObject amounts = new JsonObject();
        money.forEach((currency, amount) -> amounts.put(currency, amount.toPlainString()));
        return JsonObject.of("urgency", urgency.name().toLowerCase(Locale.ROOT))
                .put("kind", kind)
                .put("subject", subject)
                .put("text", text)
                .put("count", count)
                .put("money", amounts)
                .put("since", since)
                .put("command", command)
                .put("page", page);
    }
}
