package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Principal;
import dev.sampan.database.DatabaseAway;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Route;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.ProblemException;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the door shows besides predictions: models, health, and the pages of rooms below.
final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final Accounts accounts;
    private final Serving serving;
    private final Purse purse;
    private final Map<String, Route> routes;

    Pages(Accounts accounts, Serving serving, Purse purse, List<Route> routes) {
        this.accounts = accounts;
        this.serving = serving;
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

    Optional<Principal> principal(@org.jspecify.annotations.Nullable String secret) {
        return secret == null ? Optional.empty() : accounts.authenticate(secret);
    }

    Page models() {
        List<Map<String, Object>> data =
                serving.deployments().stream().map(Pages::model).toList();
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", data);
        return json(list);
    }

    Page model(String name) {
        return serving.live(name)
                .<Page>map(deployment -> json(model(deployment)))
                .orElseGet(() -> new Error(ApiError.modelNotFound(name)));
    }

    private static Map<String, Object> model(Deployment deployment) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", deployment.publicModel());
        model.put("object", "model");
        model.put("created", deployment.deployedAt().getEpochSecond());
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
