package dev.tactus.reconcile.files;

import java.util.List;

/// Bars to the right and to the left of nothing, one below the other: how far two sides are apart, and which way.
///
/// Every bar has its figure beside it, so that nobody has to tell colours apart.
final class DivergingBarChart {
    private static final double NARROW = 500;
    private static final double BAR = 16;

    /// @param name what it is about
    /// @param value its length; its sign says which way
    /// @param figure what stands beside it
    /// @param tip what it tells under the pointer
    record Bar(String name, double value, String figure, String tip) {}

    private final String title;
    private final String description;
    private final List<Bar> bars;
    private final double names;

    /// @param names how many pixels of a wide picture are for the names
    DivergingBarChart(String title, String description, List<Bar> bars, double names) {
        this.title = title;
        this.description = description;
        this.bars = List.copyOf(bars);
        this.names = names;
    }

    /// Draws it; where it is narrow, names stand above their bars.
    String draw(double width) {
        boolean above = width < NARROW;
        double row = above ? 42 : 26;
        double left = above ? 0 : names + 12;
        double most = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElse(0));
        double least = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
        double before = figures(false);
        double after = figures(true);
        double length = Math.max(20, width - left - before - after);
        double unit = most - least == 0 ? 0 : length / (most - least);
        double zero = left + before - least * unit;
        Svg svg = new Svg(width, bars.size() * row + 6, title, description);
        svg.line("axis", zero, 0, zero, bars.size() * row + 6);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double top = i * row + 4;
            double y = above ? top + 17 : top + 1;
            double size = Math.max(1.5, Math.abs(bar.value) * unit);
            svg.group(bar.tip);
            if (above) {
                svg.text("name", 0, top + 11, "start", Svg.fitted(bar.name, width));
            } else {
                svg.text("name", names, y + 12, "end", Svg.fitted(bar.name, names));
            }
            boolean more = bar.value >= 0;
            svg.rect(more ? "more" : "less", more ? zero : zero - size, y, size, BAR, 2);
            svg.text("figure", more ? zero + size + 6 : zero - size - 6, y + 12, more ? "start" : "end", bar.figure);
            svg.end();
        }
        return svg.toString();
    }

    private double figures(boolean more) {
        return bars.stream()
                .filter(bar -> bar.value >= 0 == more)
                .mapToDouble(bar -> Svg.width(bar.figure) + 10)
                .max()
                .orElse(2);
    }
}
