package dev.tactus.reconcile.files;

import dev.tactus.reconcile.coverage.Coverage;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// A column a day: how many recordings have a source, and which.
final class CoverageChart {
    private static final double AXIS = 40;
    private static final double BELOW = 24;
    private static final double LABEL = 52;
    private static final DateTimeFormatter LABELS = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final List<Coverage.Day> days;
    private final String description;

    CoverageChart(List<Coverage.Day> days, String description) {
        this.days = List.copyOf(days);
        this.description = description;
    }

    String draw(double width, double height) {
        Svg svg = new Svg(width, height, "Recordings with a source, day by day", description);
        double top = 6;
        double plot = height - top - BELOW;
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = top + plot - plot * percent / 100;
            svg.line("grid", AXIS, y, width, y);
            if (percent % 50 == 0) {
                svg.text("tick", AXIS - 6, y + 4, "end", percent + " %");
            }
        }
        double step = (width - AXIS) / Math.max(1, days.size());
        double gap = step > 6 ? Math.min(4, step * 0.2) : step > 2 ? 0.5 : 0;
        int every = Math.max(1, (int) Math.ceil(LABEL / step));
        for (int i = 0; i < days.size(); i++) {
            Coverage.Day day = days.get(i);
            double x = AXIS + i * step;
            svg.group(tip(day));
            column(svg, day, x + gap / 2, step - gap, top, plot);
            svg.end();
            if (i % every == 0 && step * (days.size() - i) >= LABEL / 2) {
                svg.line("grid", x + step / 2, top + plot, x + step / 2, top + plot + 4);
                svg.text("tick", x + step / 2, height - 6, "middle", LABELS.format(day.day()));
            }
        }
        return svg.toString();
    }

    private static void column(Svg svg, Coverage.Day day, double x, double width, double top, double plot) {
        long[] parts = {day.byApi(), day.byReport(), day.bySilence(), day.without()};
        String[] styles = {"api", "report", "silent", "none"};
        long all = parts[0] + parts[1] + parts[2] + parts[3];
        double bottom = top + plot;
        for (int i = 0; i < parts.length && all > 0; i++) {
            // the smallest part is still seen
            double size = parts[i] == 0 ? 0 : Math.max(1.5, plot * parts[i] / all);
            double y = Math.max(top, bottom - size);
            if (size > 0) {
                svg.rect(styles[i], x, y, width, Math.max(1.5, bottom - y), 0);
            }
            bottom = y;
        }
    }

    private static String tip(Coverage.Day day) {
        LocalDate on = day.day();
        return String.format(
                Locale.ROOT,
                "%s: API %,d, report %,d, statement without usage %,d, no source %,d",
                on,
                day.byApi(),
                day.byReport(),
                day.bySilence(),
                day.without());
    }
}
