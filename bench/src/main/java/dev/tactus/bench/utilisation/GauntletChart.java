package dev.tactus.bench.utilisation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Draws the gauntlet: each API a dot for each policy, by the share of calls refused and the share of the optimum used.
final class GauntletChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 430;
    private static final int PANEL = 380;
    private static final int PLOT = 300;
    private static final int TOP = 70;
    private static final int LEFT = 62;
    private static final int GAP = 430;
    /// fewer refusals than one in ten thousand are drawn as none
    private static final double LEAST = 1e-4;

    private static final double HIGHEST = 1.1;

    private record Mark(String policy, String colour, double size) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("backoff", "#c9b8a8", 2.6),
            new Mark("AWS adaptive", "#c98a5a", 2.6),
            new Mark("AIMD", "#9aa5b1", 2.6),
            new Mark("bucket, told", "#7d9a6e", 2.6),
            new Mark("ATB", "#b05fa3", 2.6),
            new Mark(Gauntlet.LEARNED, "#6fb1e8", 3.4),
            new Mark(Gauntlet.TOLD, "#0b4f8a", 3.4));

    private final StringBuilder svg = new StringBuilder();

    private GauntletChart() {}

    static void write(Path file, List<Gauntlet.Cell> cells) throws IOException {
        GauntletChart chart = new GauntletChart();
        chart.draw(cells);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, chart.svg);
    }

    private void add(String text) {
        svg.append(text).append('\n');
    }

    private void draw(List<Gauntlet.Cell> cells) {
        long apis = cells.stream().map(cell -> cell.api().name()).distinct().count();
        add(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT));
        add(String.format(
                Locale.ROOT,
                "<title>%d documented APIs: share of the optimum used, and calls refused, by seven policies</title>",
                apis));
        add(String.format(Locale.ROOT, "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"#ffffff\"/>"));
        int x = LEFT;
        for (Mark mark : MARKS.reversed()) {
            add(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%d\" cy=\"18\" r=\"%.1f\" fill=\"%s\"/>",
                    x,
                    mark.size + 1,
                    mark.colour));
            add(String.format(Locale.ROOT, "<text x=\"%d\" y=\"22\" fill=\"#1b2733\">%s</text>", x + 9, mark.policy));
            x += 34 + 7 * mark.policy.length();
        }
        panel(cells, 1, "One process", LEFT);
        panel(cells, 8, "Eight processes on one token", LEFT + GAP);
        add("</svg>");
    }

    private void panel(List<Gauntlet.Cell> cells, int processes, String title, int left) {
        add(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"600\" fill=\"#1b2733\">%s: share of the optimum</text>",
                left,
                TOP - 14,
                title));
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0);
            add(String.format(Locale.ROOT, "<path d=\"M%d %.1fh%d\" stroke=\"#e3e8ed\"/>", left, y, PANEL));
            add(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#51606e\">%d %%</text>",
                    left - 6,
                    y + 4,
                    percent));
        }
        String[] ticks = {"none", "0.1 %", "1 %", "10 %", "100 %"};
        for (int tick = 0; tick < ticks.length; tick++) {
            add(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#51606e\">%s</text>",
                    left + PANEL * tick / 4.0,
                    TOP + PLOT + 18,
                    ticks[tick]));
        }
        add(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#51606e\">calls refused</text>",
                left + PANEL / 2,
                TOP + PLOT + 38));
        for (Mark mark : MARKS) {
            for (Gauntlet.Cell cell : cells) {
                GauntletRun.Result result = cell.results().get(mark.policy);
                if (result != null && cell.processes() == processes && cell.demand() == GauntletRun.Demand.SATURATED) {
                    add(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.8\"><title>%s,"
                                    + " %s</title></circle>",
                            x(left, result.refusedShare()),
                            y(Math.min(HIGHEST, GauntletPage.share(cell, mark.policy))),
                            mark.size,
                            mark.colour,
                            cell.api().name(),
                            mark.policy));
                }
            }
        }
    }

    private static double x(int left, double refused) {
        return left + PANEL * (Math.log10(Math.max(LEAST, refused)) - Math.log10(LEAST)) / 4;
    }

    private static double y(double share) {
        return TOP + PLOT * (1 - share / HIGHEST);
    }
}
