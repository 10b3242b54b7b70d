package dev.tactus.music.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Falco | FALCO | SAME",
                "Beyoncé;JAY-Z | JAY Z;Beyonce | SAME",
                "The Beatles | Beatles, The | SAME",
                "Simon & Garfunkel | Simon and Garfunkel | SAME",
                "Shannon Noll, Natalie Bassingthwaighte | Natalie Bassingthwaighte;Shannon Noll | SAME",
                "Samantha Jade feat. Pitbull | Samantha Jade;Pitbull | SAME",
                "Samantha Jade ft. Pitbull | Samantha Jade with Pitbull | SAME",
                "Lost Frequencies x Calum Scott | Lost Frequencies;Calum Scott | SAME",
                "Earth;Wind & Fire | Earth, Wind & Fire | SAME",
                "The The | the the | SAME",
                "!!! | !!! | SAME",
                "X;Pitbull | Pitbull;X | SAME",
                "And One | One | DIFFERENT",
                "Lil X | Lil | DIFFERENT",
                "L D R U;Paige IV | LDRU;Paige IV | SPELLING",
                "AC/DC | ACDC | SPELLING",
                "Kirari | きらり | OTHER_SCRIPT",
                "Kirari;Pitbull | きらり;Pitbull | OTHER_SCRIPT",
                "YOASOBI (ヨアソビ) | YOASOBI | OTHER_SCRIPT",
                "Billy Thorpe & The Aztecs | Billy Thorpe | PARTIAL",
                "Samantha Jade;Pitbull | Samantha Jade | PARTIAL",
                "Peking Duk;Jack River | Peking Duk;Illy | PARTIAL",
                "John Smith | John Lennon | DIFFERENT",
                "Falco | The Easybeats | DIFFERENT",
                "!!! | ??? | DIFFERENT",
            })
    void tellsHowAlikeTwoCreditsAre(String a, String b, Similarity likeness) {
        assertThat(credit(a).likeness(credit(b))).isEqualTo(likeness);
        assertThat(credit(b).likeness(credit(a))).isEqualTo(likeness);
    }

    @Test
    void comparesAsAListAndAsOneString() {
        Credit tornApart = new Credit(List.of("Earth", "Wind & Fire"), "Earth, Wind & Fire");
        assertThat(tornApart.likeness(new Credit(List.of("Earth, Wind & Fire"), null)))
                .isEqualTo(Similarity.SAME);
    }

    private static Credit credit(String names) {
        return new Credit(Arrays.asList(names.split(";", -1)), null);
    }
}
