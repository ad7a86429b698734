// What the pages need beyond htmx: copying, one live stream that is closed in time, and polling where it fails.
(() => {
  "use strict";
  const root = document.documentElement;
  const POLL_MILLIS = 4000;
  root.classList.add("js");

  // Copy buttons: data-copy names the element whose text is copied; the button answers with its data-done word.
  document.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();   // no clipboard without TLS: the text is selected for Ctrl-C instead
      range.selectNodeContents(document.getElementById(button.dataset.copy));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) return;
    }
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1600);
  });

  // A menu closes when one clicks or presses Escape elsewhere.
  const closeMenus = except => document.querySelectorAll("details.me[open], details.confirm[open]").forEach(menu => {
    if (!menu.contains(except)) menu.open = false;
  });
  document.addEventListener("click", event => closeMenus(event.target));
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.me[open], details.confirm[open]");
    closeMenus(null);
    open?.querySelector("summary").focus();
  });

  // On a narrow screen the rooms lie in one row: the current one comes into view.
  document.addEventListener("DOMContentLoaded", () => {
    const row = document.querySelector(".rooms");
    const current = row?.querySelector("[aria-current]");
    if (current) row.scrollLeft = current.offsetLeft - row.clientWidth / 2;
  });

  // The live stream: kept to be closed when the page goes, replaced by polling while it is down.
  let stream = null;
  let polling = null;
  const poll = on => {
    if (on && !polling) polling = setInterval(() => document.body.dispatchEvent(new Event("poll")), POLL_MILLIS);
    if (!on && polling) { clearInterval(polling); polling = null; }
  };
  document.addEventListener("htmx:sseOpen", event => { stream = event.detail.source; poll(false); });
  document.addEventListener("htmx:sseError", () => poll(true));
  document.addEventListener("htmx:sseClose", () => poll(true));   // told to: more pages are open than may listen
  addEventListener("pagehide", () => { stream?.close(); poll(false); });
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  // A part that is drawn anew keeps what was unfolded in it and where the keyboard was.
  const stops = part => [...part.querySelectorAll("a, button, summary, [tabindex]")];
  let kept = null;
  document.addEventListener("htmx:beforeSwap", event => {
    const part = event.detail.target;
    kept = { id: part.id, open: [...part.querySelectorAll("details")].map(one => one.open),
      focus: stops(part).indexOf(document.activeElement) };
  });
  document.addEventListener("htmx:afterSwap", () => {
    const part = kept && document.getElementById(kept.id);
    if (!part) return;
    part.querySelectorAll("details").forEach((one, i) => { one.open = kept.open[i] ?? one.open; });
    if (kept.focus >= 0) stops(part)[kept.focus]?.focus({ preventScroll: true });
    kept = null;
  });

  // The session ended while the page stood open: to the sign-in, and back here afterwards.
  document.addEventListener("htmx:responseError", event => {
    if (event.detail.xhr.status === 401) location.reload();
  });
})();
