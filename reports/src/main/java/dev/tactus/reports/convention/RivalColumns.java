package dev.tactus.reports.convention;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.layout.Layout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Columns of a file either of which a layout may mean where it names one: `Earnings (USD)` beside `Earnings (EUR)`, or
/// one heading twice. The first of them is read; where another one says something else, only a person can tell. Not
/// thread-safe.
public final class RivalColumns {
    private record Rival(ReportField field, int read, int other) {}

    private final Layout layout;
    private final List<String> headings;
    private final List<Rival> rivals = new ArrayList<>();

    /// Finds them in the headings of a file.
    public RivalColumns(Layout layout, List<String> headings) {
        this.layout = layout;
        this.headings = headings;
        for (ReportField field : List.of(ReportField.NET_REVENUE, ReportField.QUANTITY)) {
            layout.rule(field).stream()
                    .flatMap(rule -> rule.columns().stream())
                    .filter(column -> column.holder().isEmpty())
                    .map(column -> column.allIn(headings))
                    .filter(places -> places.size() > 1)
                    .forEach(places -> places.stream()
                            .skip(1)
                            .forEach(other -> rivals.add(new Rival(field, places.getFirst(), other))));
        }
    }

    /// Looks whether they say the same of a row; what to tell where they don't, once.
    ///
    /// @param cells the row's texts by place
    public Optional<String> compare(IntFunction<String> cells, long line) {
        for (Rival rival : rivals) {
            String read = cells.apply(rival.read()).strip();
            String other = cells.apply(rival.other()).strip();
            if (!layout.absent().contains(other) && !same(read, other)) {
                String told = rival.field().label() + " may be meant by two columns, \"" + heading(rival.read())
                        + "\" (the " + (rival.read() + 1) + ".) and \"" + heading(rival.other()) + "\" (the "
                        + (rival.other() + 1) + ".), which differ: line " + line + " has '" + TextExcerpt.brief(read)
                        + "' and '" + TextExcerpt.brief(other)
                        + "'. Remove one of them, or import with a layout that names the right one by its place (#"
                        + (rival.other() + 1) + ")";
                rivals.clear();
                return Optional.of(told);
            }
        }
        return Optional.empty();
    }

    private String heading(int place) {
        return headings.get(place).strip();
    }

    private static boolean same(String one, String other) {
        return one.equals(other)
                || number(one)
                        .flatMap(a -> number(other).filter(b -> a.compareTo(b) == 0))
                        .isPresent();
    }

    private static Optional<BigDecimal> number(String text) {
        return text.matches("-?[0-9]{1,30}([.][0-9]{1,40})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
