package dev.sampan.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.catalog.ModelVersion;
import dev.sampan.data.Provenance;
import dev.sampan.evaluation.Report;
import dev.sampan.evaluation.Report.ClassFigures;
import dev.sampan.evaluation.Report.Figure;
import dev.sampan.evaluation.Report.Kind;
import dev.sampan.evaluation.Report.Naive;
import dev.sampan.evaluation.Report.PrecisionCurve;
import dev.sampan.evaluation.Report.Residuals;
import dev.sampan.evaluation.Report.Slice;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.model.Manifest;
import dev.sampan.shell.Words;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The report of a model's page, for each kind of answers, in both languages.
class ReportPageTests {
    private static final Figure FIGURE = new Figure(0.5, 0.4, 0.6, 20);

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void eachKindShowsItsOwnFigures(String language) {
        Words words = words(language);
        Report numbers = report(
                Kind.REGRESSION,
                Naive.MEAN,
                Map.of("mae", FIGURE),
                List.of(),
                new Residuals(
                        new double[] {1, 2, 3, 4}, new double[] {1.5, 2, 2.5, 4}, new double[] {-1, 0, 0, 0, 0, 0, 1}));
        assertThat(page(words, numbers))
                .contains(words.text("catalog.metric.mae"), words.text("catalog.residuals"), "0.5000")
                .doesNotContain(words.text("catalog.classes"));
        Report spans = report(
                Kind.ENTITIES,
                Naive.NOTHING,
                Map.of("entity_f1", FIGURE),
                List.of(new ClassFigures("PER", 7, FIGURE, FIGURE, FIGURE, null)),
                null);
        assertThat(page(words, spans))
                .contains("PER", words.text("catalog.naive.nothing"), words.text("catalog.metric.entity_f1"))
                .doesNotContain(words.text("catalog.residuals"));
        Report made =
                report(Kind.GENERATION, Naive.INDEPENDENT, Map.of("frechet", FIGURE, "tstr", FIGURE), List.of(), null);
        assertThat(page(words, made))
                .contains(
                        words.text("catalog.metric.frechet"),
                        words.text("catalog.metric.tstr"),
                        words.text("catalog.naive.independent"));
        Report classes = report(Kind.CLASSIFICATION, Naive.MAJORITY, Map.of("brier", FIGURE), List.of(), null);
        assertThat(page(words, classes))
                .contains(words.text("catalog.pr"), words.text("catalog.slices"), "channel: web");
    }

    private static Report report(
            Kind kind,
            Naive naive,
            Map<String, Figure> metrics,
            List<ClassFigures> types,
            @Nullable Residuals residuals) {
        boolean classes = kind == Kind.CLASSIFICATION;
        return new Report(
                20,
                0.95,
                List.of(),
                metrics,
                Map.of(),
                types,
                new long[0][],
                List.of(),
                List.of(),
                kind,
                naive,
                classes
                        ? List.of(new PrecisionCurve("yes", 0.8, new double[] {0.5, 1}, new double[] {1, 0.6}))
                        : List.of(),
                null,
                classes ? List.of(new Slice("channel", "web", 9, Map.of("accuracy", FIGURE))) : List.of(),
                residuals);
    }

    private static String page(Words words, Report report) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("words", words);
        parameters.put("view", view());
        parameters.put("report", report);
        StringOutput html = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render("catalog/report.jte", parameters, html);
        return html.toString();
    }

    private static ModelView view() {
        ModelVersion version = new ModelVersion(
                new TenantId(new Ulid(0, 1)),
                "helpdesk",
                1,
                Sha256.of("content"),
                "bilstm",
                "{}",
                Instant.EPOCH,
                ActorId.PLATFORM);
        ModelPages.Row row = new ModelPages.Row(version, Map.of(), List.of());
        Manifest manifest = new Manifest(
                "helpdesk",
                "bilstm",
                "2026-11-24T06:12:00Z",
                Map.of(),
                Sha256.of("data"),
                new Provenance(List.of()),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of());
        return new ModelView(row, List.of(row), List.of(), manifest);
    }

    private static Words words(String language) {
        Properties texts = new Properties();
        for (String bundle : List.of("shell", "catalog")) {
            String file = "/messages/" + bundle + "_" + language + ".properties";
            try (InputStreamReader in = new InputStreamReader(
                    Objects.requireNonNull(ReportPageTests.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
                texts.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Words(texts::getProperty, Locale.forLanguageTag(language), ZoneOffset.UTC);
    }
}
