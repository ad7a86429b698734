package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Principal;
import dev.sampan.database.DatabaseAway;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Route;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.ProblemException;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.suppliers.Suppliers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the door shows besides predictions: models, health, and the pages of rooms below.
final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final Accounts accounts;
    private final Serving serving;
    private final Suppliers suppliers;
    private final Purse purse;
    private final Map<String, Route> routes;

    Pages(Accounts accounts, Serving serving, Suppliers suppliers, Purse purse, List<Route> routes) {
        this.accounts = accounts;
        this.serving = serving;
        this.suppliers = suppliers;
        this.purse = purse;
        this.routes = routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, route -> route));
    }

    /// Bytes of JSON, or why there are none.
    sealed interface Page {}

    record Body(byte[] json) implements Page {}

    record Error(ApiError error) implements Page {}

    boolean hasRoute(String path) {
        return routes.containsKey(path);
    }

    /// A path of the API that may have been meant; null where none is near.
    @Nullable
    String nearest(String path) {
        List<String> known = Stream.concat(
                        Stream.concat(Endpoint.paths(), Stream.of("/v1/models")), routes.keySet().stream())
                .toList();
        return Nearest.of(path, known);
    }

    Optional<Principal> principal(@Nullable String secret) {
        return secret == null ? Optional.empty() : accounts.authenticate(secret);
    }

    Page models() {
        List<Map<String, Object>> data = Stream.concat(
                        serving.deployments().stream().map(Pages::model), supplied())
                .toList();
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", data);
        return json(list);
    }

    Page model(String name) {
        return serving.live(name)
                .map(Pages::model)
                .or(() ->
                        supplied().filter(model -> name.equals(model.get("id"))).findFirst())
                .<Page>map(Pages::json)
                .orElseGet(() -> new Error(ApiError.modelNotFound(name)));
    }

    private Stream<Map<String, Object>> supplied() {
        return suppliers.directory().spec().models().stream()
                .map(model -> model(model.name(), suppliers.directory().since()));
    }

    private static Map<String, Object> model(Deployment deployment) {
        return model(deployment.publicModel(), deployment.deployedAt());
    }

    private static Map<String, Object> model(String name, Instant since) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", name);
        model.put("object", "model");
        model.put("created", since.getEpochSecond());
        model.put("owned_by", "sampan");
        return model;
    }

    Page health() {
        String closed = purse.closed();
        if (closed != null) {
            return new Error(ApiError.unavailable("No call is taken: " + closed + "."));
        }
        int down = serving.outages().size();
        return json(down == 0 ? Map.of("status", "ok") : Map.of("status", "degraded", "models_down", down));
    }

    /// Blocks.
    Page route(String path, Principal principal, Map<String, String> query) {
        Route route = routes.get(path);
        if (route == null) {
            throw new IllegalArgumentException("no route " + path);
        }
        try {
            return json(route.get(principal, query));
        } catch (ProblemException e) {
            return new Error(ApiError.of(e.problems().getFirst()));
        } catch (DatabaseAway _) {
            return new Error(ApiError.unavailable("The books cannot be read at the moment."));
        } catch (RuntimeException e) {
            LOG.error("The page {} failed", path, e);
            return new Error(ApiError.internal());
        }
    }

    private static Page json(Object value) {
        return new Body(Json.write(value).getBytes(StandardCharsets.UTF_8));
    }
}
