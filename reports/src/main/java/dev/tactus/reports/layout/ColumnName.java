package dev.tactus.reports.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/// How a layout names a column: by its heading, whatever its case and spacing; by a pattern over headings (`/…/`); by
/// its place (`#1` is the first).
///
/// @param holder what it is a column of: empty for the row itself, `preamble`, or a kind of kept record
public record ColumnName(String holder, String heading, Optional<Pattern> pattern) {
    public static final String PREAMBLE = "preamble";

    public static ColumnName of(String holder, String written) throws PatternSyntaxException {
        if (written.length() > 2 && written.startsWith("/") && written.endsWith("/")) {
            Pattern pattern = Pattern.compile(written.substring(1, written.length() - 1), Pattern.CASE_INSENSITIVE);
            return new ColumnName(holder, written, Optional.of(pattern));
        }
        return new ColumnName(holder, normal(written), Optional.empty());
    }

    /// Without regard to case and to what nobody sees, and with every stretch of white space as one space.
    public static String normal(String heading) {
        return heading.replaceAll("\\p{Cf}", "")
                .replaceAll("[\\s\\u00a0]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /// The column's place, from 0.
    public Optional<Integer> in(List<String> headings) {
        if (heading.matches("#[1-9][0-9]{0,3}")) {
            return Optional.of(Integer.parseInt(heading.substring(1)) - 1);
        }
        for (int i = 0; i < headings.size(); i++) {
            if (fits(headings.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// The places of all columns that it may mean; a layout means one.
    public List<Integer> allIn(List<String> headings) {
        return heading.matches("#[1-9][0-9]{0,3}")
                ? in(headings).stream().toList()
                : IntStream.range(0, headings.size())
                        .filter(place -> fits(headings.get(place)))
                        .boxed()
                        .toList();
    }

    private boolean fits(String headingThere) {
        String there = normal(headingThere);
        return pattern.map(p -> p.matcher(there).matches()).orElseGet(() -> there.equals(heading));
    }

    /// What the pattern's first group finds in the headings.
    public Optional<String> found(List<String> headings) {
        for (String there : headings) {
            Optional<Matcher> matcher =
                    pattern.map(p -> p.matcher(there.replaceAll("\\p{Cf}", "").strip()));
            if (matcher.isPresent() && matcher.get().matches() && matcher.get().groupCount() > 0) {
                return Optional.ofNullable(matcher.get().group(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return (holder.isEmpty() ? "" : holder + ".") + heading;
    }
}
