package dev.tactus.reports.matching;

import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.ReportDecision.Subject;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.TerritoryNames;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.DeductionKind;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.SenderName;
import dev.tactus.reports.UsageType;
import dev.tactus.reports.layout.DeductionRule;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.RowRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What people have decided that texts in reports mean, added to what a layout knows. A sender's own decision comes
/// before one for everybody. Immutable.
public record LayoutDecisions(List<ReportDecision> decisions) {
    private static final Map<Subject, ReportField> FIELDS = Map.of(
            Subject.TERRITORY, ReportField.TERRITORY,
            Subject.STORE, ReportField.SERVICE,
            Subject.USAGE, ReportField.USAGE_TYPE);

    /// Where a line that is no usage says so.
    private static final List<ReportField> WORDS =
            List.of(ReportField.USAGE_TYPE, ReportField.TITLE, ReportField.SERVICE, ReportField.ARTIST);

    public LayoutDecisions {
        decisions = List.copyOf(decisions);
    }

    /// A meaning as the lake writes it.
    ///
    /// @throws BadReport if it is none, with what would be one
    public static String meaning(Subject subject, String written) {
        return switch (subject) {
            case TERRITORY -> territory(written);
            case STORE -> written;
            case USAGE ->
                UsageType.named(written)
                        .map(UsageType::label)
                        .orElseThrow(() -> bad(subject, written, "one of " + UsageType.labels()));
            case DEDUCTION ->
                DeductionKind.named(written)
                        .map(DeductionKind::label)
                        .orElseThrow(() -> bad(subject, written, "one of " + DeductionKind.labels()));
        };
    }

    private static String territory(String written) {
        Territory territory = TerritoryNames.parse(written, Optional.empty());
        if (territory.equals(Territory.UNKNOWN) && !written.strip().equalsIgnoreCase(Territory.UNKNOWN.code())) {
            throw bad(Subject.TERRITORY, written, "a country, WW for the world, or ZZ for none that is known");
        }
        return territory.code();
    }

    private static BadReport bad(Subject subject, String written, String expected) {
        return new BadReport(
                "'" + written + "' can't be the meaning of a " + subject.label() + "; expected " + expected);
    }

    /// A layout that knows them, for reports of a sender.
    public Layout in(Layout layout, String sender) {
        Map<ReportField, Map<String, String>> meanings = new EnumMap<>(ReportField.class);
        List<DeductionRule> deductions = new ArrayList<>();
        for (boolean own : new boolean[] {false, true}) {
            for (ReportDecision decision : decisions) {
                if (decision.sender().isEmpty() == own
                        || !(decision.sender().isEmpty() || SenderName.same(decision.sender(), sender))) {
                    continue;
                }
                String text = decision.text().strip().toLowerCase(Locale.ROOT);
                if (decision.subject() == Subject.DEDUCTION) {
                    deductions.addAll(0, rules(layout, text, decision.meaning()));
                } else {
                    meanings.computeIfAbsent(field(decision.subject()), _ -> new HashMap<>())
                            .put(text, decision.meaning());
                }
            }
        }
        if (meanings.isEmpty() && deductions.isEmpty()) {
            return layout;
        }
        Map<ReportField, FieldRule> fields = new EnumMap<>(layout.fields());
        meanings.forEach((field, map) -> fields.computeIfPresent(field, (_, rule) -> rule.withMeanings(map)));
        deductions.addAll(layout.deductions());
        return layout.with(fields, deductions);
    }

    private static ReportField field(Subject subject) {
        ReportField field = FIELDS.get(subject);
        if (field == null) {
            throw new IllegalArgumentException(subject + " is no field");
        }
        return field;
    }

    private static List<DeductionRule> rules(Layout layout, String text, String kind) {
        return WORDS.stream()
                .flatMap(field -> layout.rule(field).stream())
                .flatMap(rule -> rule.columns().stream())
                .filter(column -> column.holder().isEmpty())
                .distinct()
                .map(column -> new DeductionRule(
                        DeductionKind.named(kind).orElse(DeductionKind.OTHER),
                        Optional.of(new RowRule(column, Set.of(text), Optional.empty())),
                        Optional.empty(),
                        Set.of()))
                .toList();
    }
}
