package dev.sampan.gateway.web;

import dev.sampan.gateway.Routing;
import dev.sampan.gateway.Routing.RouteState;
import dev.sampan.suppliers.Suppliers;
import java.util.List;

/// How each route of the set in force fares here.
final class RouteStates {
    private RouteStates() {}

    static List<RouteState> of(Suppliers suppliers, Routing routing) {
        return suppliers.directory().spec().models().stream()
                .flatMap(model -> model.routes().stream().map(route -> routing.state(model.name(), route)))
                .toList();
    }
}
