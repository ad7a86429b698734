package dev.sampan.gateway.web;

import dev.sampan.gateway.Routing;
import dev.sampan.gateway.Routing.RouteState;
import dev.sampan.kernel.Problem;
import dev.sampan.shell.Words;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import dev.sampan.suppliers.Suppliers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/// Who answers for models that are not ours, at what price, and how they fare.
@Controller
public class SuppliersPages {
    private final Suppliers suppliers;
    private final Routing routing;

    SuppliersPages(Suppliers suppliers, Routing routing) {
        this.suppliers = suppliers;
        this.routing = routing;
    }

    /// @param trouble why suppliers that want a key cannot be asked
    public record SuppliersView(
            SuppliersSpec set,
            List<RouteState> routes,
            @Nullable Problem trouble) {
        public SuppliersView {
            routes = List.copyOf(routes);
        }

        /// What is stated, for a million tokens or one of the rest: `4 / 12 CNY`; longer prompts' rates follow
        /// in parentheses: `4 / 12 (200000+: 8 / 24) CNY`.
        public String price(Words words, @Nullable Price price) {
            if (price == null) {
                return words.text("shell.none");
            }
            String tiers = price.tiers().stream()
                    .map(tier -> " (" + tier.fromPrompt() + "+: " + amounts(tier.rates()) + ")")
                    .collect(Collectors.joining());
            return amounts(price.rates()) + tiers + " " + price.currency().getCurrencyCode();
        }

        private static String amounts(Map<Rate, BigDecimal> rates) {
            return rates.values().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" / "));
        }
    }

    @GetMapping("/suppliers")
    ModelAndView page() {
        return new ModelAndView(
                "gateway/suppliers",
                "view",
                new SuppliersView(
                        suppliers.directory().spec(),
                        RouteStates.of(suppliers, routing),
                        suppliers.directory().trouble()));
    }
}
