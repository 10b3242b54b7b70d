package dev.tactus.reconcile.files;

import java.util.Locale;

/// A picture as SVG text, to stand in a page of HTML; every text and attribute in it is escaped.
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /// @param title what it shows, in a few words, for those who can't see it
    /// @param description what is to be seen in it, in a sentence
    Svg(double width, double height, String title, String description) {
        text.append("<svg role=\"img\" preserveAspectRatio=\"xMinYMin meet\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" aria-label=\"")
                .append(escaped(title + ". " + description))
                .append("\">");
    }

    Svg rect(String style, double x, double y, double width, double height, double radius) {
        text.append("<rect class=\"")
                .append(escaped(style))
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(Math.max(0, width)))
                .append("\" height=\"")
                .append(number(Math.max(0, height)))
                .append(radius > 0 ? "\" rx=\"" + number(radius) : "")
                .append("\"/>");
        return this;
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        text.append("<line class=\"")
                .append(escaped(style))
                .append("\" x1=\"")
                .append(number(x1))
                .append("\" y1=\"")
                .append(number(y1))
                .append("\" x2=\"")
                .append(number(x2))
                .append("\" y2=\"")
                .append(number(y2))
                .append("\"/>");
        return this;
    }

    /// @param anchor `start`, `middle` or `end`
    Svg text(String style, double x, double y, String anchor, String words) {
        text.append("<text class=\"")
                .append(escaped(style))
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" text-anchor=\"")
                .append(escaped(anchor))
                .append("\">")
                .append(escaped(words))
                .append("</text>");
        return this;
    }

    /// Begins a group that tells this under the pointer.
    Svg group(String tip) {
        text.append("<g><title>").append(escaped(tip)).append("</title>");
        return this;
    }

    Svg end() {
        text.append("</g>");
        return this;
    }

    @Override
    public String toString() {
        return text + "</svg>";
    }

    static String number(double value) {
        String written = String.format(Locale.ROOT, "%.2f", value);
        return written.replaceAll("\\.?0+$", "");
    }

    /// How wide a text may be at 12 pixels, in pixels: a little more than it is in common fonts.
    static double width(String words) {
        double width = 0;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            width += c > 0x2e7f ? 12.5 : Character.isUpperCase(c) ? 8.4 : ",. ()il|'".indexOf(c) >= 0 ? 3.8 : 7.7;
        }
        return width;
    }

    /// As much of a text as fits, with an ellipsis where that isn't all.
    static String fitted(String words, double pixels) {
        if (width(words) <= pixels) {
            return words;
        }
        int end = words.length();
        while (end > 0 && width(words.substring(0, end)) + 9 > pixels) {
            end = words.offsetByCodePoints(end, -1);
        }
        return words.substring(0, end).stripTrailing() + "…";
    }

    private static String escaped(String words) {
        StringBuilder escaped = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}
