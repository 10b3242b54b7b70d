package dev.tactus.reconcile.files;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.tactus.reconcile.files.DivergingBarChart.Bar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A reconciliation as one page of HTML that needs no server, no script and nothing from elsewhere.
///
/// The same reconciliation gives the same bytes. Everything in it that came from outside is escaped, by the template
/// and by [Svg]; a policy in the page forbids whatever could run or be loaded all the same.
final class HtmlReport {
    private static final double WIDE = 960;
    private static final double NARROW = 340;
    private static final double NAMES = 250;
    private static final int TERRITORIES = 15;
    private static final int DIFFERENCES = 12;

    private final PageModel model;

    HtmlReport(PageModel model) {
        this.model = model;
    }

    void write(OutputStream out) throws IOException {
        Template template = Mustache.compiler()
                .withEscaper(words -> Escapers.HTML.escape(words.replaceAll("\\p{Cntrl}", " ")))
                .compile(resource("report.mustache"));
        Map<String, Object> page = new LinkedHashMap<>(model.page());
        page.put("style", resource("report.css"));
        page.put("stripe", new StatusChart(model.totals()).draw(WIDE));
        page.put("territory_chart", pictures(territories()));
        page.put("difference_chart", pictures(differences()));
        page.put("coverage_chart", coverage());
        try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            template.execute(page, writer);
        }
    }

    /// The same picture for a wide and for a narrow window.
    private static List<Map<String, String>> pictures(DivergingBarChart bars) {
        return List.of(
                Map.of("size", "wide", "svg", bars.draw(WIDE)), Map.of("size", "narrow", "svg", bars.draw(NARROW)));
    }

    private List<Map<String, String>> coverage() {
        CoverageChart bars = new CoverageChart(model.coverage().days(), model.coverageSentence());
        return List.of(
                Map.of("size", "wide", "svg", bars.draw(WIDE, 220)),
                Map.of("size", "narrow", "svg", bars.draw(NARROW, 180)));
    }

    private DivergingBarChart territories() {
        List<Bar> bars = model.findings().territories().stream()
                .filter(one -> one.difference() != 0)
                .limit(TERRITORIES)
                .map(one -> new Bar(
                        one.code(),
                        one.difference(),
                        FigureFormat.signed(one.difference())
                                + FigureFormat.signedPercent(one.difference(), one.api())
                                        .map(share -> " (" + share + ")")
                                        .orElse(""),
                        one.code() + ": API " + FigureFormat.count(one.api()) + ", report "
                                + FigureFormat.count(one.report())))
                .toList();
        return new DivergingBarChart(
                "Difference by territory",
                "Reports minus API, where both have a count; the table has all territories",
                bars,
                36);
    }

    private DivergingBarChart differences() {
        List<Bar> bars = model.findings().differences().stream()
                .limit(DIFFERENCES)
                .map(one -> new Bar(
                        named(one),
                        one.difference(),
                        FigureFormat.signed(one.difference()) + " " + PageModel.share(one),
                        one.name() + ", " + one.territory() + ": " + one.explanation()))
                .toList();
        return new DivergingBarChart("Largest differences", "Report minus API; the table has the figures", bars, NAMES);
    }

    /// The territory is seen however long the title is.
    private static String named(Findings.Difference one) {
        String where = " · " + one.territory();
        return Svg.fitted(one.name(), NAMES - Svg.width(where)) + where;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
