package dev.sampan.gateway.web;

import dev.sampan.gateway.Routing;
import dev.sampan.gateway.Routing.RouteState;
import dev.sampan.kernel.Problem;
import dev.sampan.shell.Words;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.suppliers.Suppliers;
import java.util.List;
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

        /// Input and output for a million tokens each: `4 / 12 CNY`.
        public String price(Words words, @Nullable Price price) {
            return price == null
                    ? words.text("shell.none")
                    : price.input().toPlainString() + " / " + price.output().toPlainString() + " "
                            + price.currency().getCurrencyCode();
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
