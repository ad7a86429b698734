package dev.sampan.studio.mlflow;

import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.Artifacts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/// Files of runs and models, up and down. What was uploaded is never shown as a page: it came from a program, and the
/// console lives at the same address.
@RestController
@RequestMapping("/mlflow/api/2.0/mlflow-artifacts")
final class ArtifactApi {
    private static final String FILES = "/mlflow/api/2.0/mlflow-artifacts/artifacts/";
    /// Words by which clients know that a file goes up in one piece.
    private static final String IN_ONE_PIECE = "Multipart upload is not supported for the current artifact repository";

    private final Callers callers;
    private final Artifacts artifacts;

    ArtifactApi(Callers callers, Artifacts artifacts) {
        this.callers = callers;
        this.artifacts = artifacts;
    }

    @GetMapping("/artifacts")
    ResponseEntity<?> list(@RequestParam(defaultValue = "") String path, HttpServletRequest request) {
        return answer(
                request,
                caller -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Json.write(
                                Map.of("files", ArtifactCalls.entries(artifacts.list(caller.tenant(), path), "")))));
    }

    @GetMapping("/artifacts/**")
    ResponseEntity<?> get(HttpServletRequest request) {
        return answer(request, caller -> {
            Path file = artifacts.file(caller.tenant(), address(request));
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .header("Content-Disposition", "attachment")
                    .header("X-Content-Type-Options", "nosniff")
                    .body(new FileSystemResource(file));
        });
    }

    @PutMapping("/artifacts/**")
    ResponseEntity<?> put(HttpServletRequest request) throws IOException {
        try {
            Caller caller = callers.of(MlflowApi.header(request), request.getRemoteAddr());
            artifacts.put(caller.tenant(), address(request), request.getInputStream());
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("{}");
        } catch (ProblemException refusal) {
            return MlflowErrors.answer(refusal.problems().getFirst());
        }
    }

    @DeleteMapping("/artifacts/**")
    ResponseEntity<?> delete(HttpServletRequest request) {
        return answer(request, _ -> {
            throw new ProblemException(Problem.of("tracking.denied", "Files of runs are kept")
                    .remedy("Delete the run or the model; its files stay until the operator removes them"));
        });
    }

    @PostMapping("/mpu/**")
    ResponseEntity<?> inParts(HttpServletRequest request) {
        return answer(request, _ -> {
            throw new ProblemException(Problem.of("tracking.not_in_this_version", IN_ONE_PIECE));
        });
    }

    private ResponseEntity<?> answer(HttpServletRequest request, Function<Caller, ResponseEntity<?>> work) {
        try {
            return work.apply(callers.of(MlflowApi.header(request), request.getRemoteAddr()));
        } catch (ProblemException refusal) {
            return MlflowErrors.answer(refusal.problems().getFirst());
        }
    }

    private static String address(HttpServletRequest request) {
        return UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8).substring(FILES.length());
    }
}
