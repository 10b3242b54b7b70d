package dev.tactus.music.matching;

import dev.tactus.music.Artist;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who a recording is credited to. Comparing is symmetric, and knows no order.
///
/// A credit compares as a list of names and as one string, because a name may hold what separates names: `Earth, Wind
/// & Fire` is one artist, whatever a file's separator made of it. As a string it is the words without those that only
/// join (`and`, `feat.`, `with`) and without `the`.
///
/// @param names as they are listed
/// @param written the whole credit as one string, absent where there is only the list
public record Credit(List<String> names, @Nullable String written) {
    private static final Set<String> GUEST_WORDS = Set.of("feat", "ft", "featuring");
    private static final Set<String> JOINING = Set.of("and", "with", "x", "vs", "versus");
    private static final Pattern SEPARATOR = Pattern.compile(
            "\\s*[,;/&+]\\s*|\\s+(?:and|with|x|vs\\.?|feat\\.?|ft\\.?|featuring)\\s+|^(?:feat\\.?|ft\\.?|featuring)\\s+");

    public Credit {
        names = List.copyOf(names);
    }

    public static Credit of(List<Artist> artists) {
        return new Credit(artists.stream().map(Artist::name).toList(), null);
    }

    /// This credit and those guests.
    public Credit and(List<String> guests) {
        List<String> all = new ArrayList<>(listed());
        all.addAll(guests);
        return new Credit(all, null);
    }

    /// How alike two credits are.
    public Similarity likeness(Credit other) {
        if (equals(other) || bags().stream().anyMatch(other.bags()::contains)) {
            return Similarity.SAME;
        }
        Set<String> mine = parts();
        Set<String> theirs = other.parts();
        if (mine.equals(theirs) || compact(listed()).equals(compact(other.listed()))) {
            return Similarity.SPELLING;
        }
        Set<String> onlyMine = without(mine, theirs);
        Set<String> onlyTheirs = without(theirs, mine);
        if (UnicodeScripts.differ(String.join(" ", onlyMine), String.join(" ", onlyTheirs))
                || UnicodeScripts.agreeWhereBothWrite(kept(text()), kept(other.text()))) {
            return Similarity.OTHER_SCRIPT;
        }
        return onlyMine.size() < mine.size() ? Similarity.PARTIAL : Similarity.DIFFERENT;
    }

    /// The credit as a person reads it.
    public String text() {
        return written != null ? written : String.join("; ", names);
    }

    /// All words but the joining ones, sorted; of the list, and of the whole string.
    private Set<List<String>> bags() {
        Set<List<String>> bags = new HashSet<>();
        if (!names.isEmpty()) {
            bags.add(
                    names.stream().flatMap(name -> kept(name).stream()).sorted().toList());
        }
        if (written != null) {
            bags.add(kept(written).stream().sorted().toList());
        }
        return bags;
    }

    /// The words that don't only join, in their order.
    private static List<String> kept(String text) {
        List<String> words = TextNormalization.words(text);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean within = i > 0 && i < words.size() - 1;
            boolean joins = GUEST_WORDS.contains(word) || (within && JOINING.contains(word));
            if (!joins && !word.equals("the")) {
                kept.add(word);
            }
        }
        if (kept.isEmpty()) {
            // The The, or a band that calls itself !!!
            kept.addAll(words.isEmpty() ? List.of(TextNormalization.fold(text)) : words);
        }
        return kept;
    }

    private List<String> listed() {
        return names.isEmpty() && written != null ? List.of(written) : names;
    }

    /// Each artist by itself: the names of the list, taken apart further where they hold a separator.
    private Set<String> parts() {
        return compact(listed().stream()
                .flatMap(name -> SEPARATOR.splitAsStream(TextNormalization.fold(name)))
                .filter(part -> !part.isBlank())
                .toList());
    }

    /// Names without their spaces, in no order.
    private static Set<String> compact(List<String> names) {
        return names.stream().map(name -> String.join("", kept(name))).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> from, Set<String> taken) {
        Set<String> rest = new TreeSet<>(from);
        rest.removeAll(taken);
        return rest;
    }
}
