package dev.sampan.data.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.data.Spans.Span;
import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.CleanStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedSpansTests {
    private final MaskedSpans masks = new MaskedSpans(
            List.of(new CleanStep.Mask(List.of(PersonalData.PHONE, PersonalData.EMAIL), MaskStyle.LABEL, null)));

    private static Span span(String text, String part, String label) {
        int start = text.indexOf(part);
        return new Span(start, start + part.length(), label);
    }

    @Test
    void spansStandOnTheSameWordsAfterwards() {
        String text = "打13812345678找王芳，写信a@example.com到上海";
        List<Span> spans =
                List.of(span(text, "13812345678", "phone"), span(text, "王芳", "name"), span(text, "上海", "address"));

        MaskedSpans.Marked masked = masks.mask(text, spans);

        assertThat(masked.text()).isEqualTo("打<PHONE>找王芳，写信<EMAIL>到上海");
        assertThat(masked.spans())
                .extracting(span -> masked.text().substring(span.start(), span.end()))
                .containsExactly("<PHONE>", "王芳", "上海");
        assertThat(masks.swallowed()).isZero();
    }

    @Test
    void aSpanThatBeginsWithinAMaskReachesToItsBorderAndOneThatItCoversTooGoes() {
        String text = "call 13812345678 now please";
        List<Span> spans = List.of(new Span(0, 8, "verb"), new Span(9, 20, "when"), new Span(21, 27, "tone"));

        MaskedSpans.Marked masked = masks.mask(text, spans);

        assertThat(masked.text()).isEqualTo("call <PHONE> now please");
        assertThat(masked.spans()).containsExactly(new Span(0, 12, "verb"), new Span(17, 23, "tone"));
        assertThat(masks.swallowed()).isEqualTo(1);
    }

    @Test
    void spansThatLayOverEachOtherBeforeMayStillDoSo() {
        String text = "mail a@example.com";
        List<Span> spans = List.of(new Span(0, 18, "order"), new Span(5, 18, "address"));

        assertThat(masks.mask(text, spans).spans())
                .containsExactly(new Span(0, 12, "order"), new Span(5, 12, "address"));
    }
}
