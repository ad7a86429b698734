package dev.sampan.data;

import static dev.sampan.data.DataFixture.aSpec;
import static dev.sampan.data.DataFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.kernel.Progress;
import dev.sampan.privacy.MaskStyle;
import dev.sampan.privacy.PersonalData;
import dev.sampan.spec.CleanStep;
import dev.sampan.spec.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskingTests {
    private static final CleanStep.Mask HASHED =
            new CleanStep.Mask(List.of(PersonalData.PHONE), MaskStyle.HASH, "sixteen characters");

    @TempDir
    Path folder;

    @Test
    void noPersonalDatumReachesTheDataSetAndTheReceiptCountsThem() throws IOException {
        write(folder, "data.csv", "text,label\n请打13812345678或13912345678,x\n邮箱a@b.com,y\n没有,y\n");
        Dataset made = Datasets.prepare(
                aSpec("data.csv").mask(PersonalData.PHONE, PersonalData.EMAIL).in(folder),
                folder.resolve("out"),
                Progress.NONE);
        assertThat(Files.readString(folder.resolve("out/train.jsonl")))
                .contains("请打<PHONE>或<PHONE>", "邮箱<EMAIL>", "没有")
                .doesNotContain("138", "a@b");
        assertThat(made.quality().masked()).isEqualTo(Map.of("phone", 2L, "email", 1L));
        assertThat(Datasets.open(folder.resolve("out")).quality()).isEqualTo(made.quality());
    }

    @Test
    void servingMasksAsTrainingDid() throws IOException {
        TokenFeatures features = new TokenFeatures(
                List.of("text"),
                List.of("a", "b"),
                List.of(new CleanStep.Nfkc(), HASHED),
                ModelSpec.Tokenizer.WORDS,
                List.of("call"),
                8);
        Path written = Files.createDirectory(folder.resolve("package"));
        features.write(written);
        TextFeatures back = (TextFeatures) Features.read(written);
        Map<String, String> row = Map.of("text", "call １３８１２３４５６７８");
        assertThat(back.clean()).isEqualTo(features.clean());
        assertThat(back.text(row)).isEqualTo(features.text(row)).matches("call <PHONE:[0-9a-f]{8}>");
    }

    @Test
    void aPlainEnglishTextIsMaskedToo() {
        TextCleaner cleaner =
                new TextCleaner(List.of(new CleanStep.Mask(List.of(PersonalData.EMAIL), MaskStyle.PARTIAL, null)));
        assertThat(cleaner.clean("write to bob@example.com")).isEqualTo("write to b***@example.com");
    }

    @Test
    void spansOfMaskedTextsStandOnTheSameWords() {
        String text = "请打13812345678找王芳";
        String spans = "[{\"\"start\"\":14,\"\"end\"\":16,\"\"label\"\":\"\"name\"\"}]";
        DataFixture.write(folder, "data.csv", "text,label\n" + text + ",\"" + spans + "\"\n再见,[]\n");

        Dataset made = Datasets.prepare(
                aSpec("data.csv").spans("label").mask(PersonalData.PHONE).in(folder),
                folder.resolve("out"),
                Progress.NONE);

        List<String> row = DataFixture.all(made, Split.TRAIN).getFirst().values();
        assertThat(row.getFirst()).isEqualTo("请打<PHONE>找王芳");
        Spans.Span span = Spans.read(row.getLast(), row.getFirst(), "here").getFirst();
        assertThat(row.getFirst().substring(span.start(), span.end())).isEqualTo("王芳");
        assertThat(made.quality().masked()).isEqualTo(Map.of("phone", 1L));
    }
}
