package dev.sampan.gateway.internal;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.supply.Caller;
import dev.sampan.gateway.internal.supply.Relays;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.ProxiedRequest;
import dev.sampan.gateway.internal.wire.WholeAnswer;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.runtime.Prediction;
import dev.sampan.serving.Serving;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The model answers: one of ours on a bounded pool, where a full pool refuses; a supplier over its own
/// connection.
final class Run implements Step {
    private static final long RUN_MILLIS_MAX = 60_000;

    private final Serving serving;
    private final Relays relays;
    private final Executor pool;
    private final Attempts attempts;

    Run(Serving serving, Relays relays, Executor pool, Attempts attempts) {
        this.attempts = attempts;
        this.serving = serving;
        this.relays = relays;
        this.pool = pool;
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.asked() instanceof ProxiedRequest asked) {
            exchange.ours();
            relays.run(asked, new ExchangeCaller(exchange, attempts));
            return;
        }
        PredictRequest asked = (PredictRequest) exchange.asked();
        exchange.by(
                exchange.receivedAtMillis() + RUN_MILLIS_MAX,
                ApiError.overloaded("The model took too long to answer."));
        try {
            pool.execute(() -> run(exchange, asked));
        } catch (RejectedExecutionException _) {
            exchange.refuse(ApiError.overloaded("More calls wait for the models than this server takes at once."));
        }
    }

    private void run(Exchange exchange, PredictRequest asked) {
        if (exchange.ended()) {
            return; // nobody waits any more
        }
        try {
            List<Prediction> predictions = serving.predict(exchange.model(), asked.inputs());
            PredictAnswer answer = new PredictAnswer(
                    exchange.id(), exchange.model(), serving.labels(exchange.model()), predictions, predictions.size());
            byte[] bytes = answer.bytes();
            exchange.later(() -> {
                exchange.answer(new Caller.Rest(bytes, WholeAnswer.JSON), Quantities.units(answer.units()), null);
                exchange.next();
            });
        } catch (ProblemException e) {
            exchange.later(() -> exchange.refuse(error(exchange, e.problems().getFirst())));
        } catch (RuntimeException e) {
            exchange.later(() -> exchange.fail(e));
        }
    }

    private static ApiError error(Exchange exchange, Problem problem) {
        return switch (problem.code()) {
            case "serving.not_deployed" -> ApiError.modelNotFound(exchange.model());
            case "serving.unavailable" -> ApiError.unavailable(problem.sentence() + ".");
            case "serving.overloaded" -> ApiError.overloaded(problem.sentence() + ".");
            default -> ApiError.of(problem);
        };
    }
}
