package dev.tactus.music.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rock Me Amadeus | rock me amadeus | SAME",
                "Beyoncé | BEYONCE | SAME",
                "Ｆｕｌｌ Ｗｉｄｔｈ | Full  Width | SAME",
                "Straße | STRASSE | SAME",
                "Rock & Roll | Rock and Roll | SAME",
                "Σίσυφος | ΣΊΣΥΦΟΣ | SAME",
                "She's So Fine | Shes So Fine | SPELLING",
                "Don’t Stop | Don't Stop | SPELLING",
                "Song (Remastered 2011) | Song - Remastered 2011 | SPELLING",
                "Song (Remastered 2011) | Song - 2011 Remaster | SPELLING",
                "Song (feat. Guest) | Song | SPELLING",
                "Song feat. Guest - Live | Song - Live | SPELLING",
                "Song [with Guest] | Song | SPELLING",
                "Rock'n'Roll | Rock 'n' Roll | SPELLING",
                "Song (Live) | Song | PARTIAL",
                "Song - Remastered 2011 | Song - Live | PARTIAL",
                "Little Boy Sad | Little Boy | PARTIAL",
                "Kirari | きらり | OTHER_SCRIPT",
                "Kirari (きらり) | きらり | OTHER_SCRIPT",
                "(I Can't Get No) Satisfaction | Satisfaction | PARTIAL",
                "Rock Me Amadeus | Undecided | DIFFERENT",
                "はは | ぱぱ | DIFFERENT",
                "??? | !!! | DIFFERENT",
                "Dancing With Myself | Dancing | PARTIAL",
            })
    void tellsHowAlikeTwoTitlesAre(String a, String b, Similarity likeness) {
        assertThat(new Title(a).likeness(new Title(b))).isEqualTo(likeness);
        assertThat(new Title(b).likeness(new Title(a))).isEqualTo(likeness);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Song (feat. A & B) | A & B",
                "Song ft. A - Live | A",
                "Song [with A] | A",
                "Song featuring A | A",
            })
    void findsTheGuests(String title, String guest) {
        assertThat(new Title(title).guests()).containsExactly(guest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)", " feat. ", "   ", " - ", "["})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void getsThroughWhatIsNoTitleAtAll(String piece) {
        Title endless = new Title("Song" + piece.repeat(50_000));
        assertThat(endless.likeness(new Title("Other"))).isEqualTo(new Title("Other").likeness(endless));
    }

    @ParameterizedTest
    @CsvSource({"Dancing With Myself", "Left", "The Feature", "Soft Feat", "Sift"})
    void takesNoOrdinaryWordForAGuest(String title) {
        assertThat(new Title(title).guests()).isEmpty();
    }
}
