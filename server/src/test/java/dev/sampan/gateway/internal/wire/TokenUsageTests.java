package dev.sampan.gateway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.gateway.Meter;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults seen in the trackers of other gateways: cached tokens counted twice, dropped, or more of them than
/// there were prompt tokens; cache writes lost.
class TokenUsageTests {
    /// Names are written short here.
    private static @Nullable TokenUsage usage(String said) {
        String whole = said.replace("PD", "\"prompt_tokens_details\"")
                .replace("CD", "\"completion_tokens_details\"")
                .replace("P:", "\"prompt_tokens\":")
                .replace("C:", "\"completion_tokens\":")
                .replace("H:", "\"cached_tokens\":");
        return TokenUsage.of(Json.MAPPER.readTree(whole));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {P:100,C:7}                                                    | 100 |   0 |   0 |   7 |   0
            {P:100,C:7,PD:{H:60}}                                          |  40 |  60 |   0 |   7 |   0
            {P:100,C:7,PD:{H:160}}                                         |   0 | 100 |   0 |   7 |   0
            {P:100,C:7,PD:{H:-3}}                                          | 100 |   0 |   0 |   7 |   0
            {P:100,C:7,"prompt_cache_hit_tokens":64}                       |  36 |  64 |   0 |   7 |   0
            {P:100,"prompt_cache_hit_tokens":64,PD:{H:0}}                  | 100 |   0 |   0 |   0 |   0
            {P:100,PD:{H:60,"cache_write_tokens":30}}                      |  10 |  60 |  30 |   0 |   0
            {P:100,PD:{H:60,"cache_write_tokens":90}}                      |   0 |  60 |  40 |   0 |   0
            {P:9,C:50,CD:{"reasoning_tokens":40}}                          |   9 |   0 |   0 |  10 |  40
            {P:9,C:50,CD:{"reasoning_tokens":70}}                          |   9 |   0 |   0 |   0 |  50
            {P:9,C:50,CD:{"reasoning_tokens":0}}                           |   9 |   0 |   0 |  50 |   0
            {P:0,C:0,PD:{H:5}}                                             |   0 |   0 |   0 |   0 |   0
            """)
    void everyTokenIsCountedOnceUnderOneMeter(
            String said, long input, long cached, long written, long output, long thinking) {
        Quantities counted = Objects.requireNonNull(usage(said)).quantities();
        assertThat(counted)
                .isEqualTo(Quantities.tokens(input, cached, output)
                        .with(Meter.CACHE_WRITE, written)
                        .with(Meter.REASONING, thinking));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {C:7}
            {P:-1,C:7}
            {P:1.5,C:7}
            {P:1,C:"7"}
            """)
    void whatCannotBeBelievedIsNoUsage(String said) {
        assertThat(usage(said)).isNull();
    }

    @Test
    void anExplicitZeroIsZero() {
        assertThat(Objects.requireNonNull(usage("{P:0,C:0}")).quantities()).isEqualTo(Quantities.NONE);
    }
}
