package dev.tactus.reports.convention;

import dev.tactus.reports.TextExcerpt;
import dev.tactus.reports.layout.NumberFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the cells of one column tell of how its numbers are written: which mark stands before decimals, which between
/// thousands. A cell such as `1,234` tells nothing; `0,034`, `1.5` and `1,234.5` do. Not thread-safe.
public final class NumberEvidence {
    private static final Pattern NUMBER = Pattern.compile("[0-9.,]*[0-9][0-9.,]*");
    private static final Pattern GROUPED = Pattern.compile("[1-9][0-9]{0,2}([.,][0-9]{3})+");

    /// Digits between two marks for thousands.
    private static final int GROUP = 3;

    /// The first cells that show that the point stands before decimals, or the comma.
    private @Nullable String point;

    private @Nullable String comma;
    /// The first cells that can be read in two ways, by their mark.
    private @Nullable String doubtfulPoint;

    private @Nullable String doubtfulComma;

    private long line;

    /// What is seen next stands on this line.
    public void at(long nextLine) {
        line = nextLine;
    }

    /// A number with one mark, which is taken to stand before its decimals.
    ///
    /// @return whether it can be nothing else
    public boolean single(byte[] buffer, int start, int end, int mark) {
        int from = buffer[start] == '-' ? start + 1 : start;
        int before = mark - from;
        if (end - mark - 1 == GROUP && before >= 1 && before <= GROUP && buffer[from] != '0') {
            doubts((char) buffer[mark], buffer, start, end);
            return false;
        }
        proves((char) buffer[mark], new String(buffer, start, end - start, StandardCharsets.US_ASCII));
        return true;
    }

    /// Any cell.
    public void text(String written) {
        Matcher matcher = NUMBER.matcher(written);
        if (!matcher.find()) {
            return;
        }
        String number = matcher.group();
        boolean exponent = matcher.end() < written.length() && "eE".indexOf(written.charAt(matcher.end())) >= 0;
        if (matcher.find() && !exponent) {
            return;
        }
        int lastPoint = number.lastIndexOf('.');
        int lastComma = number.lastIndexOf(',');
        if (lastPoint < 0 && lastComma < 0) {
            return;
        }
        if (lastPoint >= 0 && lastComma >= 0) {
            char decimal = lastPoint > lastComma ? '.' : ',';
            if (number.indexOf(decimal) == number.lastIndexOf(decimal)) {
                proves(decimal, written);
            }
            return;
        }
        char mark = lastPoint >= 0 ? '.' : ',';
        boolean several = number.indexOf(mark) != number.lastIndexOf(mark);
        if (!GROUPED.matcher(number).matches() || exponent) {
            if (!several) {
                proves(mark, written);
            }
        } else if (several) {
            proves(mark == '.' ? ',' : '.', written);
        } else {
            doubts(mark, written);
        }
    }

    private void doubts(char mark, byte[] buffer, int start, int end) {
        if ((mark == '.' ? doubtfulPoint : doubtfulComma) == null) {
            doubts(mark, new String(buffer, start, end - start, StandardCharsets.US_ASCII));
        }
    }

    private void doubts(char mark, String written) {
        if (mark == '.' && doubtfulPoint == null) {
            doubtfulPoint = shown(written);
        } else if (mark == ',' && doubtfulComma == null) {
            doubtfulComma = shown(written);
        }
    }

    private void proves(char decimal, String written) {
        if (decimal == '.' && point == null) {
            point = shown(written);
        } else if (decimal == ',' && comma == null) {
            comma = shown(written);
        }
    }

    private String shown(String written) {
        return "line " + line + " '" + TextExcerpt.brief(written) + "'";
    }

    /// The cells that contradict one another; empty where none do.
    public Optional<String> contradiction() {
        return point == null || comma == null ? Optional.empty() : Optional.of(point + " and " + comma);
    }

    /// The mark before decimals, if the cells agree in one.
    public Optional<Character> decimal() {
        return point == null
                ? Optional.ofNullable(comma == null ? null : ',')
                : comma == null ? Optional.of('.') : Optional.empty();
    }

    /// How the column is to be read, if that is another way than it was read in.
    ///
    /// @param others what other columns of the file show
    public Optional<NumberFormat> other(NumberFormat used, Optional<Character> others) {
        if (contradiction().isPresent()) {
            return Optional.empty();
        }
        Optional<Character> decimal = decimal().or(() -> others.filter(_ -> isDoubtful()));
        if (decimal.isEmpty()) {
            return Optional.empty();
        }
        boolean same = decimal.get() == used.decimal();
        // those with the mark before decimals are read as they are
        boolean groups = (used.decimal() == '.' ? doubtfulComma : doubtfulPoint) != null;
        if (same && (used.thousands().isPresent() || !groups)) {
            return Optional.empty();
        }
        return Optional.of(new NumberFormat(decimal.get(), Optional.of(decimal.get() == '.' ? ',' : '.')));
    }

    private boolean isDoubtful() {
        return doubtfulPoint != null || doubtfulComma != null;
    }

    /// A cell that may be a thousand times what it is read as, or a thousandth, where no cell of the column tells.
    public Optional<String> doubt() {
        return decimal().isPresent() || contradiction().isPresent()
                ? Optional.empty()
                : Optional.ofNullable(doubtfulPoint == null ? doubtfulComma : doubtfulPoint);
    }

    /// What the column was found to be, for messages.
    public List<String> cells() {
        List<String> cells = new ArrayList<>();
        Optional.ofNullable(point).ifPresent(cells::add);
        Optional.ofNullable(comma).ifPresent(cells::add);
        return cells;
    }
}
