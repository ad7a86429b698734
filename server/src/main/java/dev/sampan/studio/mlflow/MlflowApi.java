package dev.sampan.studio.mlflow;

import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// The door of MLflow's clients: who calls, what is asked, the answer as JSON.
@RestController
@RequestMapping("/mlflow")
final class MlflowApi {
    private static final String CALLS = "/mlflow/api/2.0/mlflow/";
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    /// What a client sends at once in a batch.
    private static final int BATCH_BYTES = 1_000_000;
    /// A data set's profile may be as long as this.
    private static final int BODY_BYTES = 17_000_000;

    private final Callers callers;
    private final Calls calls;

    MlflowApi(Callers callers, Calls calls) {
        this.callers = callers;
        this.calls = calls;
    }

    @GetMapping("/health")
    String health() {
        return "OK";
    }

    /// What newer clients ask first.
    @GetMapping(path = "/api/3.0/mlflow/server-info", produces = MediaType.APPLICATION_JSON_VALUE)
    String serverInfo() {
        return Json.write(Map.of(
                "store_type",
                "SqlStore",
                "workspaces_enabled",
                false,
                "trace_archival_enabled",
                false,
                "multipart_uploads_enabled",
                false,
                "multipart_downloads_enabled",
                false));
    }

    @RequestMapping("/api/2.0/mlflow/**")
    ResponseEntity<String> call(HttpServletRequest request) throws IOException {
        try {
            Caller caller = callers.of(header(request), request.getRemoteAddr());
            String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8)
                    .substring(CALLS.length());
            Ask ask = new Ask(caller, tree(request, path));
            return calls.answer(request.getMethod(), path, ask)
                    .map(MlflowApi::json)
                    .orElseGet(() -> MlflowErrors.ENDPOINT_NOT_FOUND.answer(
                            request.getMethod() + " " + path + " is not in this version of Sampan"));
        } catch (ProblemException refusal) {
            return MlflowErrors.answer(refusal.problems().getFirst());
        } catch (DatabaseAway away) {
            return MlflowErrors.TEMPORARILY_UNAVAILABLE.answer("The database is away; try again in a moment");
        }
    }

    private static ResponseEntity<String> json(Map<String, Object> tree) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.write(tree));
    }

    static String header(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null ? "" : header;
    }

    private static Map<String, Object> tree(HttpServletRequest request, String path) throws IOException {
        int most = path.equals("runs/log-batch") ? BATCH_BYTES : BODY_BYTES;
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new ProblemException(Problem.of("tracking.too_large", "The request has more than " + most + " bytes")
                    .remedy("Send it in several"));
        }
        if (body.length == 0) {
            return query(request);
        }
        try {
            return Json.MAPPER.readValue(body, TREE);
        } catch (JacksonException e) {
            throw new ProblemException(
                    Problem.of("tracking.invalid_json", "The request's body is not a JSON object"), e);
        }
    }

    private static Map<String, Object> query(HttpServletRequest request) {
        Map<String, Object> tree = new HashMap<>();
        request.getParameterMap()
                .forEach((name, values) -> tree.put(name, values.length == 1 ? values[0] : List.of(values)));
        return tree;
    }
}
