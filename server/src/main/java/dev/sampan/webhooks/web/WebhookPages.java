package dev.sampan.webhooks.web;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.Viewer;
import dev.sampan.webhooks.Webhooks;
import dev.sampan.webhooks.Webhooks.Delivery;
import dev.sampan.webhooks.Webhooks.Endpoint;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Where the team's own programs are told, and what was sent.
@Controller
public class WebhookPages {
    private static final int SHOWN = 100;

    private final Webhooks webhooks;

    WebhookPages(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /// @param secret of the endpoint that was added just now, shown this once
    public record WebhooksView(
            List<Endpoint> endpoints,
            List<Delivery> deliveries,
            @Nullable String secret) {
        public WebhooksView {
            endpoints = List.copyOf(endpoints);
            deliveries = List.copyOf(deliveries);
        }
    }

    @GetMapping("/webhooks")
    ModelAndView page() {
        return page(null);
    }

    @PostMapping("/webhooks")
    ModelAndView add(@RequestParam String address, @AuthenticationPrincipal Viewer viewer) {
        return page(webhooks.add(parsed(address.strip()), viewer.actor()).secret());
    }

    private static URI parsed(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of("webhooks.bad_address", "'" + address + "' is no web address")
                    .remedy("Write it as https://host/path."));
        }
    }

    @PostMapping("/webhooks/{endpoint}/remove")
    String remove(@PathVariable String endpoint) {
        webhooks.remove(id(endpoint));
        return "redirect:/webhooks";
    }

    @PostMapping("/webhooks/{endpoint}/replay")
    String replay(@PathVariable String endpoint, @RequestParam String message) {
        webhooks.replay(id(message), id(endpoint));
        return "redirect:/webhooks";
    }

    private static Ulid id(String text) {
        try {
            return Ulid.parse(text);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of("webhooks.delivery.not_found", "There is no " + text + "."));
        }
    }

    private ModelAndView page(@Nullable String secret) {
        return new ModelAndView(
                "webhooks/webhooks",
                "view",
                new WebhooksView(webhooks.endpoints(), webhooks.deliveries(SHOWN), secret));
    }
}
