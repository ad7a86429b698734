package dev.sampan.gateway.internal;

import dev.sampan.catalog.ModelVersion;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.runtime.Prediction;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.spec.ServeSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// One live model that answers what it is told, at once.
public final class FakeModels implements Serving {
    public static final String MODEL = "helpdesk";
    private static final Deployment DEPLOYMENT = new Deployment(
            new Ulid(1, 1),
            new TenantId(new Ulid(1, 2)),
            MODEL,
            MODEL,
            1,
            Sha256.of(MODEL),
            32,
            Instant.ofEpochSecond(1_700_000_000));
    private static final Prediction REFUND = new Prediction.Category("退款", 0.75, new float[] {0.75f, 0.25f});

    final AtomicInteger runs = new AtomicInteger();
    volatile Supplier<Prediction> answer = () -> REFUND;

    @Override
    public Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Deployment> live(String publicModel) {
        return publicModel.equals(MODEL) ? Optional.of(DEPLOYMENT) : Optional.empty();
    }

    @Override
    public List<Deployment> deployments() {
        return List.of(DEPLOYMENT);
    }

    @Override
    public List<Prediction> predict(String publicModel, List<Map<String, String>> inputs) {
        runs.incrementAndGet();
        return Collections.nCopies(inputs.size(), answer.get());
    }

    @Override
    public List<String> labels(String publicModel) {
        return List.of("退款", "物流");
    }
}
