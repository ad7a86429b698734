package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The manifests are what Kubernetes takes: its own types, generated from its OpenAPI, refuse a field they do not know.
class KubernetesTests {
    private static final Path MANIFESTS = Path.of("..", "deploy", "kubernetes", "sampan.yaml");

    private interface Type {
        void check(JsonElement document) throws IOException;
    }

    private static final Map<String, Type> TYPES = Map.of(
            "ServiceAccount", V1ServiceAccount::validateJsonElement,
            "StatefulSet", V1StatefulSet::validateJsonElement,
            "PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement,
            "Service", V1Service::validateJsonElement,
            "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private static List<JsonObject> documents() throws IOException {
        List<JsonObject> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(MANIFESTS))
                .forEach(document ->
                        documents.add(new Gson().toJsonTree(document).getAsJsonObject()));
        return documents;
    }

    @Test
    void everyManifestIsOfItsTypeAndNothingInItIsUnknown() throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (JsonObject document : documents()) {
            String kind = document.get("kind").getAsString();
            Objects.requireNonNull(TYPES.get(kind), kind).check(document);
            kinds.merge(kind, 1, Integer::sum);
        }
        assertThat(kinds).containsKeys("StatefulSet", "Service", "PersistentVolumeClaim", "NetworkPolicy");
    }

    @Test
    void aMisspeltFieldWouldBeFound() throws IOException {
        JsonObject set = documents().stream()
                .filter(document -> document.get("kind").getAsString().equals("StatefulSet"))
                .findFirst()
                .orElseThrow();
        JsonObject container = set.getAsJsonObject("spec")
                .getAsJsonObject("template")
                .getAsJsonObject("spec")
                .getAsJsonArray("containers")
                .get(0)
                .getAsJsonObject();
        container.addProperty("readynessProbe", "x");
        assertThatThrownBy(() -> V1StatefulSet.validateJsonElement(set)).hasMessageContaining("readynessProbe");
    }

    /// Names that must agree: a service that selects nothing is found by no schema.
    @Test
    void whatIsNamedIsThere() throws IOException {
        JsonObject pod = documents().stream()
                .filter(document -> document.get("kind").getAsString().equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .getAsJsonObject("spec")
                .getAsJsonObject("template");
        JsonElement labels = pod.getAsJsonObject("metadata").get("labels");
        List<String> ports = new ArrayList<>();
        pod.getAsJsonObject("spec")
                .getAsJsonArray("containers")
                .forEach(container -> container
                        .getAsJsonObject()
                        .getAsJsonArray("ports")
                        .forEach(port ->
                                ports.add(port.getAsJsonObject().get("name").getAsString())));
        for (JsonObject document : documents()) {
            if (document.get("kind").getAsString().equals("Service")) {
                JsonObject spec = document.getAsJsonObject("spec");
                assertThat(spec.get("selector")).isEqualTo(labels);
                spec.getAsJsonArray("ports")
                        .forEach(port -> assertThat(ports)
                                .contains(
                                        port.getAsJsonObject().get("targetPort").getAsString()));
            }
        }
        assertThat(ports).containsExactly("api", "console");
    }
}
