package dev.sampan.shell.internal;

import dev.sampan.shell.Viewer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;

/// Whoever opens the first page of the other side is led to his own; everything else of it is refused.
final class OwnSide implements AccessDeniedHandler {
    private final AccessDeniedHandler refusal = new AccessDeniedHandlerImpl();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        Viewer viewer = Pages.viewer(request);
        String path = request.getRequestURI();
        boolean first = path.equals("/") || path.equals("/portal");
        if (viewer != null && first && request.getMethod().equals("GET") && !path.equals(viewer.home())) {
            response.sendRedirect(viewer.home());
        } else {
            refusal.handle(request, response, denied);
        }
    }
}
