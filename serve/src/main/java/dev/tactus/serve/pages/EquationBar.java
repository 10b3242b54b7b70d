package dev.tactus.serve.pages;

import com.samskivert.mustache.Escapers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The equation of a run as a bar: planned is the sum of what became of its items. Its figures stand in the page, too.
final class EquationBar {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 26;
    private static final List<String> OUTCOMES = List.of(
            "landed", "not_found", "dead_lettered", "fell_back", "awaiting_report", "not_due", "parked", "open");

    private EquationBar() {}

    static Optional<Map<String, Object>> of(JsonNode run, PageTexts texts) {
        double planned = run.path("planned").asDouble(0);
        if (planned <= 0) {
            return Optional.empty();
        }
        StringBuilder svg = new StringBuilder();
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        StringBuilder words = new StringBuilder();
        double left = 0;
        for (String outcome : OUTCOMES) {
            long count = run.path(outcome).asLong(0);
            if (count > 0) {
                double width = WIDTH * count / planned;
                String name = texts.text("outcome." + outcome);
                String figure = CellView.number(Long.toString(count));
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"outcome-%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"%.0f\"/>",
                        outcome,
                        left,
                        width,
                        HEIGHT));
                legend.append("<li><i class=\"outcome-")
                        .append(outcome)
                        .append("\"></i>")
                        .append(Escapers.HTML.escape(name + " " + figure))
                        .append("</li>");
                words.append(name).append(' ').append(figure).append(", ");
                left += width;
            }
        }
        Map<String, Object> bar = new LinkedHashMap<>();
        bar.put(
                "name",
                texts.text("run.equation")
                        .replace("{}", CellView.number(run.path("planned").asString())));
        bar.put(
                "svg",
                "<svg role=\"img\" aria-label=\"" + Escapers.HTML.escape(words.toString())
                        + "\" viewBox=\"0 0 1000 26\" preserveAspectRatio=\"none\" class=\"bar\">" + svg + "</svg>"
                        + legend + "</ul>");
        return Optional.of(bar);
    }
}
