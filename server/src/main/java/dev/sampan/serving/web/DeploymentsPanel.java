package dev.sampan.serving.web;

import dev.sampan.serving.Deployment;
import dev.sampan.serving.Outage;
import dev.sampan.serving.Serving;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// On a model's page: the public names under which its versions answer, or should.
@Component
public class DeploymentsPanel implements Panel {
    private final Serving serving;

    DeploymentsPanel(Serving serving) {
        this.serving = serving;
    }

    public record DeploymentsView(List<Deployment> deployments, List<Outage> outages) {}

    @Override
    public String slot() {
        return "model";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Optional<Screen> show(Viewer viewer, String subject) {
        List<Deployment> live = serving.deployments().stream()
                .filter(one -> isOf(one, viewer, subject))
                .toList();
        List<Outage> out = serving.outages().stream()
                .filter(one -> isOf(one.deployment(), viewer, subject))
                .toList();
        return Optional.of(new Screen("serving/deployments", new DeploymentsView(live, out)));
    }

    private static boolean isOf(Deployment deployment, Viewer viewer, String name) {
        return deployment.name().equals(name) && deployment.owner().equals(viewer.tenant());
    }
}
