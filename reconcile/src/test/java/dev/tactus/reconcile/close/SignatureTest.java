package dev.tactus.reconcile.close;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final Signature ADA = new Signature("Ada", "1000 ada", Optional.empty());

    @Test
    void anotherUserOfTheSystemIsAnotherPerson() {
        assertThat(new Signature("Grace", "1001 grace", Optional.empty()).isAnotherThan(ADA))
                .isTrue();
    }

    @Test
    void anotherNameTypedByTheSameUserIsNot() {
        assertThat(new Signature("Grace", "1000 ada", Optional.empty()).isAnotherThan(ADA))
                .isFalse();
        assertThat(Signature.of("Grace").isAnotherThan(Signature.of("Ada"))).isFalse();
    }

    @Test
    void oneTokenIsNotEnoughWhereBothAreTheSameUser() {
        assertThat(new Signature("Grace", "1000 ada", Optional.of("Grace")).isAnotherThan(ADA))
                .isFalse();
    }

    @Test
    void tokensOfTwoPeopleAreTwoPeopleAndTokensOfOneAreOneWhoeverStartsTheProcess() {
        Signature withToken = new Signature("Ada", "1000 ada", Optional.of("Ada"));
        assertThat(new Signature("Grace", "1000 ada", Optional.of("Grace")).isAnotherThan(withToken))
                .isTrue();
        assertThat(new Signature("Grace", "1001 grace", Optional.of("Ada")).isAnotherThan(withToken))
                .isFalse();
    }
}
