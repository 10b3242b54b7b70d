package dev.tactus.reconcile.statements;

import dev.tactus.reconcile.ServiceSources;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/// What a sender owes, as the configuration states it.
///
/// @param services whose usage its statements tell of; none where all are meant that it has ever told of
/// @param months a statement is about so many: 1 or 3
/// @param days after the last of them by which it is due
/// @param from the first month that is owed; absent where its first statement tells
/// @param to the last; absent where it goes on
public record StatementRule(
        String sender, List<String> services, int months, int days, Optional<YearMonth> from, Optional<YearMonth> to) {
    static final int QUARTER = 3;

    public StatementRule {
        services = List.copyOf(services);
    }

    /// Reads `calendar:`.
    public static List<StatementRule> read(Value calendar) {
        return calendar.list().stream().map(StatementRule::one).toList();
    }

    private static StatementRule one(Value value) {
        Section yaml = value.section();
        yaml.only("sender", "services", "every", "due", "from", "to");
        return new StatementRule(
                yaml.require("sender").text(),
                yaml.find("services")
                        .map(list -> list.list().stream().map(Value::text).toList())
                        .orElse(List.of()),
                yaml.find("every").map(StatementRule::every).orElse(1),
                Math.toIntExact(yaml.find("due")
                        .map(Value::duration)
                        .orElse(Duration.ofDays(StatementCalendar.USUAL_DAYS))
                        .toDays()),
                yaml.find("from").map(StatementRule::month),
                yaml.find("to").map(StatementRule::month));
    }

    private static int every(Value value) {
        return switch (value.text()) {
            case "month" -> 1;
            case "quarter" -> QUARTER;
            default -> throw value.bad("expected month or quarter");
        };
    }

    private static YearMonth month(Value value) {
        try {
            return YearMonth.parse(value.text());
        } catch (DateTimeException e) {
            throw value.bad("expected a month such as 2026-10");
        }
    }

    boolean isOf(String other) {
        return ServiceSources.fold(sender).equals(ServiceSources.fold(other));
    }
}
