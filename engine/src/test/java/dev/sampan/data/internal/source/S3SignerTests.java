package dev.sampan.data.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// The examples of AWS's own description of Signature Version 4 for S3.
class S3SignerTests {
    private static final S3Signer SIGNER = new S3Signer(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            null,
            "us-east-1",
            Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC));

    private static String signature(String url) {
        String header = SIGNER.headers(URI.create(url), "GET").getOrDefault("Authorization", "");
        return header.substring(header.indexOf("Signature=") + "Signature=".length());
    }

    @Test
    void signsAListOfObjectsAsTheExampleDoes() {
        assertThat(signature("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void signsAQueryWithoutAValueAsTheExampleDoes() {
        assertThat(signature("https://examplebucket.s3.amazonaws.com/?lifecycle="))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void encodesAllButWhatNeverNeedsIt() {
        assertThat(S3Signer.encode("a b+ä/~._-", true)).isEqualTo("a%20b%2B%C3%A4/~._-");
        assertThat(S3Signer.encode("a/b", false)).isEqualTo("a%2Fb");
    }
}
