/// The platform as an MLflow tracking server: `mlflow.set_tracking_uri("http://HOST:8080/mlflow")`. One controller, one
/// visible list of calls ([dev.sampan.studio.mlflow.Calls]); names, limits and errors are those that MLflow's
/// clients expect. Who calls proves it in the header of each request: a member's name and password
/// (`MLFLOW_TRACKING_USERNAME`, `MLFLOW_TRACKING_PASSWORD`), an API key of the team or the operator's token
/// (`MLFLOW_TRACKING_TOKEN`).
@NullMarked
package dev.sampan.studio.mlflow;

import org.jspecify.annotations.NullMarked;
