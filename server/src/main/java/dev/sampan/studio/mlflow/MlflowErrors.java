package dev.sampan.studio.mlflow;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Problems as MLflow's clients know them: `{"error_code": …, "message": …}` and a status.
enum MlflowErrors {
    RESOURCE_DOES_NOT_EXIST(HttpStatus.NOT_FOUND),
    RESOURCE_ALREADY_EXISTS(HttpStatus.BAD_REQUEST),
    INVALID_PARAMETER_VALUE(HttpStatus.BAD_REQUEST),
    INVALID_STATE(HttpStatus.BAD_REQUEST),
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    PERMISSION_DENIED(HttpStatus.FORBIDDEN),
    REQUEST_LIMIT_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS),
    RESOURCE_EXHAUSTED(HttpStatus.CONTENT_TOO_LARGE),
    ENDPOINT_NOT_FOUND(HttpStatus.NOT_FOUND),
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED),
    TEMPORARILY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    MlflowErrors(HttpStatus status) {
        this.status = status;
    }

    static MlflowErrors of(Problem problem) {
        String code = problem.code();
        if (code.endsWith(".not_found")) {
            return RESOURCE_DOES_NOT_EXIST;
        }
        return switch (code.substring(code.lastIndexOf('.') + 1)) {
            case "experiment_exists", "model_exists" -> RESOURCE_ALREADY_EXISTS;
            case "experiment_deleted", "run_deleted", "default_experiment", "versions_are_kept" -> INVALID_STATE;
            case "unauthenticated" -> UNAUTHENTICATED;
            case "denied" -> PERMISSION_DENIED;
            case "too_many_tries" -> REQUEST_LIMIT_EXCEEDED;
            case "too_large" -> RESOURCE_EXHAUSTED;
            case "not_in_this_version" -> NOT_IMPLEMENTED;
            default -> INVALID_PARAMETER_VALUE;
        };
    }

    /// @param problem with its remedy in the same sentence: a client shows one text alone
    static ResponseEntity<String> answer(Problem problem) {
        String remedy = problem.remedy() == null ? "" : ". " + problem.remedy();
        return of(problem).answer(problem.sentence() + remedy);
    }

    ResponseEntity<String> answer(String message) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (this == UNAUTHENTICATED) {
            answer.header("WWW-Authenticate", "Basic realm=\"mlflow\"");
        }
        return answer.body(Json.write(Map.of("error_code", name(), "message", message)));
    }
}
