package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "three waves under one sail",
                "correct horse battery staple",
                "春江潮水连海平海上明月共潮生江畔何人",
                "Tr0ub4dor&3-and-more",
                "k7mw-q2zd-x9ra-b4hn",
                "                and five words",
                "emoji 🌊 count ⛵ as one 🐟",
                "zwölf Boxkämpfer jagen Viktor",
                "83027462910573846120",
            })
    void longUnrelatedWordsAreGood(String password) {
        assertThat(PasswordRules.check("admin", password)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "fourteen chars",
                "aaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabc",
                "passwordpassword",
                "Password12345678",
                "P@ssw0rd123456789",
                "qwertyuiop123456",
                "qwertyuiopasdfghjkl",
                "1234567890123456",
                "adminadmin2026!!",
                "admin-password-1",
                "letmeinletmein123",
                "iloveyou12345678",
                "sampan sampan admin 1",
                "woaini1234567890",
                "abababababababab",
                "correcthorsebatterystaple",
                "welcome to 2026!!!",
            })
    void shortAndGuessableOnesAreRefused(String password) {
        assertThat(PasswordRules.check("admin", password)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void longOnesAreTakenWhole(int letters) {
        String password = "seven gulls above a quiet bay, ".repeat(10).substring(0, letters);
        assertThat(PasswordRules.check("admin", password)).isEmpty();
        assertThat(PasswordRules.normal(password)).hasSize(letters);
    }
}
