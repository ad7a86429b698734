package dev.sampan.shell.internal;

import dev.sampan.shell.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Whoever came in with a one-time password chooses a password of their own before anything else opens.
@Component
final class OwnPasswordFirst implements HandlerInterceptor, WebMvcConfigurer {
    private static final Set<String> OPEN = Set.of("/password", "/preferences", "/error", "/favicon.ico");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Viewer viewer = Pages.viewer(request);
        String path = request.getRequestURI();
        if (viewer == null || !viewer.mustChangePassword() || OPEN.contains(path) || path.startsWith("/assets/")) {
            return true;
        }
        response.sendRedirect("/password");
        return false;
    }
}
