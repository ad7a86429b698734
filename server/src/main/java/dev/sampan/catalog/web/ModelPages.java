package dev.sampan.catalog.web;

import dev.sampan.catalog.Catalog;
import dev.sampan.catalog.Catalog.AliasMove;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.evaluation.Report;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.Viewer;
import dev.sampan.shell.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// The shelf, and one model in one of its versions.
@Controller
public class ModelPages {
    private final Catalog catalog;
    private final Manifests manifests;

    ModelPages(Catalog catalog, Manifests manifests) {
        this.catalog = catalog;
        this.manifests = manifests;
    }

    public record ModelsView(List<Row> rows) {}

    /// @param summary what the version's list entry says: `headline`, the metrics it names, `labels`, `model_bytes`
    /// @param aliases names that point to this version
    public record Row(ModelVersion version, Map<String, Object> summary, List<String> aliases) {
        /// The metric that says most of this kind of model, or the one after it, with its name.
        public Map.@Nullable Entry<String, Double> metric(int which) {
            return summary.get("headline") instanceof List<?> names
                            && names.size() > which
                            && names.get(which) instanceof String name
                            && summary.get(name) instanceof Number value
                    ? Map.entry(name, value.doubleValue())
                    : null;
        }

        /// Shares in percent, losses and the coefficient of determination as they are.
        public String written(Words words, Map.Entry<String, Double> metric) {
            boolean plain = Report.isLoss(metric.getKey()) || metric.getKey().equals("r2");
            return plain ? words.decimal(metric.getValue(), 3) : words.percent(metric.getValue());
        }

        public @Nullable Long count(String name) {
            return summary.get(name) instanceof Number value ? (Long) value.longValue() : null;
        }
    }

    /// A model that others made: what is known of it without opening it.
    public record ForeignView(Row row, List<Row> versions, List<AliasMove> moves) {
        public ForeignView {
            versions = List.copyOf(versions);
            moves = List.copyOf(moves);
        }

        /// The command that fetches it.
        public String fetch() {
            ModelVersion version = row.version();
            return "mlflow artifacts download --artifact-uri \"models:/%s/%d\""
                    .formatted(version.name(), version.number());
        }
    }

    @GetMapping("/models")
    ModelAndView models(@AuthenticationPrincipal Viewer viewer) {
        Map<String, Map<String, Integer>> aliases = catalog.aliases(viewer.tenant());
        List<Row> rows = catalog.newest(viewer.tenant()).stream()
                .map(version -> row(version, aliases.getOrDefault(version.name(), Map.of())))
                .toList();
        return new ModelAndView("catalog/models", "view", new ModelsView(rows));
    }

    /// @param version its number; 0 for the newest
    @GetMapping("/models/{name}")
    ModelAndView model(
            @PathVariable String name,
            @RequestParam(defaultValue = "0") int version,
            @AuthenticationPrincipal Viewer viewer) {
        TenantId tenant = viewer.tenant();
        List<ModelVersion> versions = catalog.versions(tenant, name);
        ModelVersion chosen = versions.stream()
                .filter(one -> version == 0 || one.number() == version)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        "catalog.model.not_found",
                        "There is no model " + name + (version == 0 ? "." : " in version " + version + "."))));
        Map<String, Integer> pointers = pointers(tenant, name);
        if (chosen.foreign()) {
            ForeignView view = new ForeignView(
                    row(chosen, pointers),
                    versions.stream().map(one -> row(one, pointers)).toList(),
                    catalog.aliasHistory(tenant, name));
            return new ModelAndView("catalog/foreign", "view", view);
        }
        ModelView view = new ModelView(
                row(chosen, pointers),
                versions.stream().map(one -> row(one, pointers)).toList(),
                catalog.aliasHistory(tenant, name),
                manifests.of(chosen.content()));
        return new ModelAndView("catalog/model", "view", view);
    }

    private Map<String, Integer> pointers(TenantId tenant, String name) {
        return catalog.aliases(tenant).getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Row row(ModelVersion version, Map<String, Integer> pointers) {
        List<String> aliases = pointers.entrySet().stream()
                .filter(alias -> alias.getValue() == version.number())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new Row(version, Json.read(version.summary(), Map.class), aliases);
    }
}
