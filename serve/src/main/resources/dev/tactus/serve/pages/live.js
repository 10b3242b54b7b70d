// What is live on a page: where the server said so by data-live, its main part is read again while it changes.
// Without this script the same pages work; they are then as old as when they were opened.
"use strict";
(() => {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  const seconds = Number(live.dataset.live) || 5;
  const again = async () => {
    // whoever types, selects or has opened something must not lose it
    const busy = document.hidden || document.activeElement?.closest("form") || !getSelection().isCollapsed;
    if (!busy) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (answer.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const next = page.querySelector("[data-live]");
          const shown = document.querySelector("[data-live]");
          if (!next) return location.reload();
          if (shown && next.innerHTML !== shown.innerHTML) shown.replaceWith(next);
        }
      } catch {
        // the server is away: what is shown stays
      }
    }
    setTimeout(again, seconds * 1000);
  };
  setTimeout(again, seconds * 1000);
})();
