package dev.sampan.shell.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.shell.ProblemView;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/// The console's one boundary where faults become an answer: a page that says what happened, why, what to do
/// and the request's id; `application/problem+json` under `/api`.
@Controller
@ControllerAdvice
final class Problems implements ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler(ProblemException.class)
    Object refused(ProblemException refusal, HttpServletRequest request) {
        Problem problem = refusal.problems().getFirst();
        HttpStatus status =
                problem.code().endsWith(".not_found") ? HttpStatus.NOT_FOUND : HttpStatus.UNPROCESSABLE_CONTENT;
        return answer(status, problem, request);
    }

    /// Everything else: what Spring refuses with a status of its own, and our own mistakes.
    @ExceptionHandler(Exception.class)
    Object failed(Exception fault, HttpServletRequest request) {
        HttpStatus status = fault instanceof ErrorResponse known
                ? HttpStatus.valueOf(known.getStatusCode().value())
                : HttpStatus.INTERNAL_SERVER_ERROR;
        if (status.is5xxServerError()) {
            LOG.error(
                    "request {} {} failed, id {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    RequestIds.of(request),
                    fault);
        }
        return answer(status, null, request);
    }

    /// Refused before any controller was reached: not signed in, no rule, no such page.
    @RequestMapping("/error")
    Object unreached(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.valueOf(number) : HttpStatus.NOT_FOUND;
        return answer(status, null, request);
    }

    private static Object answer(HttpStatus status, @Nullable Problem problem, HttpServletRequest request) {
        String id = RequestIds.of(request);
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = asked instanceof String original ? original : request.getRequestURI();
        if (path.startsWith("/api/")) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(detail(status, problem, id));
        }
        ModelAndView page = new ModelAndView("shell/problem", "view", new ProblemView(status.value(), problem));
        page.setStatus(status);
        return page;
    }

    private static ProblemDetail detail(HttpStatus status, @Nullable Problem problem, String id) {
        ProblemDetail detail = ProblemDetail.forStatus(status);
        detail.setProperty("request_id", id);
        if (problem != null) {
            detail.setType(URI.create("urn:sampan:" + problem.code()));
            detail.setDetail(problem.sentence());
            detail.setProperty("code", problem.code());
            detail.setProperty("place", problem.place());
            detail.setProperty("remedy", problem.remedy());
        }
        return detail;
    }
}
