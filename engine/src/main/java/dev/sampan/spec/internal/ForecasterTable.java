package dev.sampan.spec.internal;

import dev.sampan.spec.ModelSpec.ForecastMethod;
import dev.sampan.spec.ModelSpec.Forecaster;
import dev.sampan.spec.internal.NumberTypes.Range;
import java.util.List;
import java.util.Set;

/// The keys of `model: {type: forecaster}`.
final class ForecasterTable {
    static final Block<Forecaster> FORECASTER = forecaster();
    static final Forecaster DEFAULT = new Forecaster(ForecastMethod.AUTO, 12, null, 0.9);

    private ForecasterTable() {}

    private static Block<Forecaster> forecaster() {
        Field<Forecaster, String> type =
                ModelTable.type("forecaster", "pretrained", "Answers the next values of series, with intervals");
        Field<Forecaster, ForecastMethod> method = Field.of(
                "method",
                TextTypes.choice(ForecastMethod.class, "arima", "prophet", "patchtst"),
                ForecastMethod.AUTO,
                "How a series is carried on; auto takes the best on the newest rows",
                Forecaster::method);
        Field<Forecaster, Integer> horizon =
                Field.of("horizon", NumberTypes.whole(1, 1000), 12, "Steps it looks ahead", Forecaster::horizon);
        Field<Forecaster, Integer> season = Field.nullable(
                "season",
                NumberTypes.whole(1, 10_000),
                "Steps after which a pattern comes again; null: by the distance of the times",
                Forecaster::season);
        Field<Forecaster, Double> confidence = Field.of(
                "confidence",
                NumberTypes.number(Range.closed(0.5, 0.99)),
                0.9,
                "Share of the true values that the intervals are to hold",
                Forecaster::confidence);
        return new Block<>(
                List.of(type, method, horizon, season, confidence),
                Set.of("covariates"),
                v -> new Forecaster(v.get(method), v.get(horizon), v.find(season), v.get(confidence)));
    }
}
