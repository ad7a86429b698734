package dev.sampan.integrity.web;

import dev.sampan.integrity.Inspection;
import dev.sampan.integrity.Integrity;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// What the last inspections found.
@Controller
public class IntegrityPages {
    private static final int SHOWN = 24;

    private final Integrity integrity;

    IntegrityPages(Integrity integrity) {
        this.integrity = integrity;
    }

    /// @param inspections newest first
    public record IntegrityView(List<Inspection> inspections) {
        public IntegrityView {
            inspections = List.copyOf(inspections);
        }
    }

    @GetMapping("/integrity")
    ModelAndView page() {
        return new ModelAndView("integrity/integrity", "view", new IntegrityView(integrity.latest(SHOWN)));
    }

    @PostMapping("/integrity")
    String inspect() {
        integrity.inspect();
        return "redirect:/integrity";
    }
}
