package dev.sampan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.cli.Terminal.Heard;
import dev.sampan.kernel.Json;
import dev.sampan.spec.Spec;
import dev.sampan.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitVerbTests {
    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @AfterEach
    void giveBackTheStreams() {
        terminal.close();
    }

    private Path rows(String name, String header, String row) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < 20; i++) {
            text.append(row.replace("#", Integer.toString(i)).replace("@", i % 2 == 0 ? "a" : "b"))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private String init(Path data, String... more) {
        List<String> call = new java.util.ArrayList<>(List.of("init", folder.toString(), "--data", data.toString()));
        call.addAll(List.of(more));
        Heard heard = terminal.run(call.toArray(String[]::new));
        assertThat(heard.code()).as(heard.err()).isZero();
        return heard.out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "question,intent; my parcel number # is late,@; question; intent",
                "标签,内容; @,第 # 个包裹还没有到; 内容; 标签",
                "id,kind,body; #,@,my parcel number # is late; body; kind",
                "true,a: b; @,my parcel number # is late; a: b; true"
            })
    void picksTheColumnsOfADataFile(String header, String row, String text, String label) throws IOException {
        init(rows("My Tickets (2026).csv", header.strip(), row.strip()));
        Spec spec = Specs.read(folder.resolve("sampan.yaml"), List.of());
        assertThat(spec.name()).isEqualTo("my-tickets-2026");
        assertThat(spec.data().inputFeatures().getFirst().name()).isEqualTo(text);
        assertThat(spec.data().outputFeatures().getFirst().name()).isEqualTo(label);
        assertThat(spec.serve().model()).isEqualTo("my-tickets-2026");
    }

    @Test
    void columnsThatAreNamedAreTaken() throws IOException {
        Path data = rows("rows.csv", "a,b,label", "@,my parcel number # is late,@");
        init(data, "--label", "a", "--text", "label");
        Spec spec = Specs.read(folder.resolve("sampan.yaml"), List.of());
        assertThat(spec.data().inputFeatures().getFirst().name()).isEqualTo("label");
        assertThat(spec.data().outputFeatures().getFirst().name()).isEqualTo("a");
    }

    @Test
    void theDataMayLieElsewhere() throws IOException {
        Path data = rows("rows.csv", "text,label", "parcel #,@");
        Path file = folder.resolve("deep").resolve("down").resolve("tickets.yaml");
        assertThat(terminal.run("init", file.toString(), "--data", data.toString())
                        .code())
                .isZero();
        assertThat(Specs.read(file, List.of()).data().dataset()).isEqualTo("../../rows.csv");
        assertThat(file).content().contains("相对本文件", "relative to this file");
    }

    @Test
    void replacesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("sampan.yaml"), "mine");
        Heard heard = terminal.run("init", folder.toString());
        assertThat(heard.code()).isEqualTo(1);
        assertThat(heard.err()).contains("is there already");
        assertThat(file).hasContent("mine");
    }

    @Test
    void withoutDataItSaysWhereToPutThem() throws IOException {
        Heard heard = terminal.run("init", folder.resolve("fresh").toString());
        assertThat(heard.code()).isZero();
        assertThat(heard.out()).contains("data.csv", "./sampan check");
        rows("fresh/data.csv", "text,label", "parcel #,@");
        assertThat(Specs.read(folder.resolve("fresh").resolve("sampan.yaml"), List.of())
                        .name())
                .isEqualTo("fresh");
    }

    @Test
    void dataWithoutALabelAreASentenceAndWriteNothing() throws IOException {
        Path data = rows("rows.csv", "id,body", "#,my parcel number # is late");
        Heard heard = terminal.run("init", folder.toString(), "--data", data.toString());
        assertThat(heard.code()).isEqualTo(1);
        assertThat(heard.err()).contains("No column looks like a label", "--label COLUMN");
        Heard misspelt = terminal.run("init", folder.toString(), "--data", data.toString(), "--label", "boddy");
        assertThat(misspelt.err()).contains("Did you mean 'body'?");
        assertThat(folder.resolve("sampan.yaml")).doesNotExist();
    }

    @Test
    void asJsonItIsOneDocument() throws IOException {
        String out = init(rows("rows.csv", "text,label", "parcel #,@"), "--json");
        assertThat(Json.MAPPER.readTree(out).path("label").asString()).isEqualTo("label");
    }
}
