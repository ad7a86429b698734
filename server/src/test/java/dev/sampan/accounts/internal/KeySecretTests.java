package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KeySecretTests {
    private static boolean wellFormed(String text) {
        return KeySecret.wellFormed(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    void aSecretIsWellFormedAndAMistypedOneIsNot(@ForAll long seed, @ForAll @IntRange(min = 10, max = 47) int place) {
        String secret = KeySecret.make(new Random(seed));
        assertThat(wellFormed(secret)).isTrue();
        assertThat(secret).startsWith("sk-sampan-").hasSize(48);

        char other = secret.charAt(place) == 'x' ? 'y' : 'x';
        assertThat(wellFormed(secret.substring(0, place) + other + secret.substring(place + 1)))
                .isFalse();
    }

    @Property(tries = 200)
    void anyTextMayBeAskedFor(@ForAll String text) {
        assertThat(wellFormed(text)).isFalse();
        assertThat(wellFormed(KeySecret.START + text)).isFalse();
    }

    @Example
    void twoSecretsDiffer() {
        SecureRandom random = new SecureRandom();
        assertThat(KeySecret.make(random)).isNotEqualTo(KeySecret.make(random));
    }
}
