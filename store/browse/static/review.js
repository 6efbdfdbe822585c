/* The review page without reloads: forms are sent, and the next passage is put in place. All of it works without this
   script too. Nothing is kept in the browser but two settings. */
(() => {
  "use strict";
  const place = document.getElementById("gm-review");
  const live = document.getElementById("gm-said");
  const keys = document.getElementById("gm-keys");
  if (!place || !keys) return;

  const HEADERS = { "x-goalmap-fragment": "1" };
  const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  let busy = false;
  let chosen = 0;

  // Settings

  const useKeys = document.getElementById("gm-use-keys");
  const goOn = document.getElementById("gm-go-on");
  for (const box of [useKeys, goOn]) {
    box.checked = remembered(box.id) !== "no";
    box.addEventListener("change", () => {
      remember(box.id, box.checked ? "yes" : "no");
      showKeys();
    });
  }

  function remembered(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }

  function remember(name, value) {
    try { localStorage.setItem(name, value); } catch { /* private windows keep nothing */ }
  }

  function showKeys() {
    document.body.classList.toggle("gm-without-keys", !useKeys.checked);
  }

  // What is on the page

  const item = () => document.getElementById("gm-item");
  const rows = () => [...place.querySelectorAll(".gm-goal, .gm-sample")];
  const row = () => rows()[chosen];
  const firstWaiting = () => Math.max(0, rows().findIndex(one => one.classList.contains("gm-waits")));

  function choose(number, focus) {
    const all = rows();
    if (!all.length) return;
    chosen = Math.min(Math.max(number, 0), all.length - 1);
    all.forEach((one, at) => at === chosen ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current"));
    if (focus) all[chosen].querySelector("h3").focus();
  }

  function tell(text, failed) {
    live.classList.toggle("gm-failed", Boolean(failed));
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 30);
  }

  // Sending and putting in place

  async function ask(address, options) {
    if (busy) return;
    busy = true;
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...options, credentials: "same-origin" });
      take(answer, await answer.text());
    } catch {
      tell("goalmap did not answer, so nothing may have been written. Is goalmap serve still running? Then try again.", true);
    } finally {
      busy = false;
      place.removeAttribute("aria-busy");
    }
  }

  function take(answer, text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("gm-item");
    if (!fresh) {
      tell(answer.status === 403
        ? "Not written: you are signed out, or this page is from an earlier sign-in. Load it again."
        : "Not written: goalmap had a problem. Load the page again.", true);
    } else if (answer.ok || answer.status === 409) {
      show(document.importNode(fresh, true), answer.status === 409);
    } else {
      tell(fresh.dataset.said, true);
    }
  }

  function show(fresh, isStale) {
    const same = fresh.dataset.passage === item().dataset.passage;
    item().replaceWith(fresh);
    history.replaceState(null, "", fresh.dataset.here);
    choose(firstWaiting(), false);
    tell(isStale ? "" : fresh.dataset.said, false);
    if (same && !isStale && row()) {
      row().querySelector("h3").focus();
    } else {
      document.getElementById("gm-heading").focus({ preventScroll: true });
      const top = fresh.getBoundingClientRect().top;
      if (top < 0 || top > innerHeight / 2) fresh.scrollIntoView();
    }
  }

  function send(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    if (!goOn.checked) body.set("stays", "1");
    ask(form.getAttribute("action"), { method: "POST", body, headers: { ...HEADERS, "x-csrftoken": body.get("csrftoken") || "" } });
  }

  place.addEventListener("submit", event => {
    event.preventDefault();
    send(event.target, event.submitter);
  });

  place.addEventListener("click", event => {
    const link = event.target.closest("a.gm-next");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    ask(link.href, { headers: HEADERS });
  });

  place.addEventListener("focusin", event => {
    const at = rows().indexOf(event.target.closest(".gm-goal, .gm-sample"));
    if (at >= 0 && at !== chosen) choose(at, false);
  });

  place.addEventListener("change", event => {
    if (event.target.name !== "filed") return;
    const field = event.target;
    const button = field.form.querySelector(".gm-yes[data-label]");
    if (!button) return;
    const option = field.selectedOptions && field.selectedOptions[0];
    const isOther = option ? !option.defaultSelected : field.value !== field.defaultValue;
    const label = button.dataset.label + (isOther ? ` as ${option ? option.text : field.value}` : "");
    button.firstChild.data = `${label} `;
    button.setAttribute("aria-label", isOther ? label : `${label} ${option ? option.text : field.value}`);
  });

  // Keys

  function opened(selector, field) {
    const part = row() && row().querySelector(selector);
    if (part) {
      for (let at = part.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
      part.querySelector(field).focus();
    }
  }

  function press(selector, within) {
    const button = within && within.querySelector(selector);
    if (button) button.click();
  }

  /* A goal that is decided already is opened first, so that nobody decides otherwise by habit. */
  function decide(selector) {
    const again = row() && row().querySelector(".gm-again");
    if (again && !again.open) {
      again.open = true;
      tell("This is decided already. The same key again decides otherwise.");
    } else {
      press(selector, row());
    }
  }

  function nextStage() {
    const select = row() && row().querySelector("[name=stage]");
    if (!select) return;
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    tell(`Stage: ${select.selectedOptions[0].text}`);
  }

  function toggleBest() {
    const box = row() && row().querySelector("[name=best_practice]");
    if (!box) return;
    box.checked = !box.checked;
    tell(box.checked ? "Best practice" : "Not best practice");
  }

  function toggle(selector, field) {
    const part = document.querySelector(selector);
    if (!part) return;
    part.open = field ? true : !part.open;
    (part.querySelector(field || "summary")).focus();
  }

  const DOES = {
    a: () => decide(".gm-yes"),
    r: () => decide(".gm-decide .gm-no"),
    x: () => press(".gm-none button, .gm-sample .gm-no", place),
    u: () => press(".gm-undo button", place),
    c: () => opened(".gm-more", "[name=filed]"),
    n: () => opened(".gm-more, .gm-audit", "textarea"),
    d: () => toggle(".gm-another", "[name=filed]"),
    s: nextStage,
    b: toggleBest,
    j: () => choose(chosen + 1, true),
    k: () => choose(chosen - 1, true),
    p: () => toggle(".gm-see"),
    g: () => toggle(".gm-filter", "select"),
    " ": () => press("a.gm-next", place),
    ArrowRight: () => press("a.gm-next", place),
    "?": () => openKeys(),
  };

  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys.open) return;
    if (event.shiftKey && !/^[?1-9]$/.test(event.key)) return;
    if (event.target.closest(FIELDS)) {
      leave(event);
      return;
    }
    if (!useKeys.checked || (event.repeat && !"jk".includes(event.key))) return;
    if ([" ", "Enter"].includes(event.key) && event.target.closest("a, button, summary, input")) return;
    const act = /^[1-9]$/.test(event.key) ? () => choose(Number(event.key) - 1, true) : DOES[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  function leave(event) {
    if (event.key !== "Escape" || !place.contains(event.target)) return;
    const inside = event.target.closest(".gm-goal, .gm-sample");
    event.preventDefault();
    (inside ? inside.querySelector("h3") : event.target.form.querySelector("button[type=submit]")).focus();
  }

  function openKeys() {
    keys.showModal();
  }

  document.querySelector(".gm-open-keys").addEventListener("click", openKeys);
  document.body.classList.add("gm-live");
  showKeys();
  choose(firstWaiting(), false);
  if (item().dataset.here) history.replaceState(null, "", item().dataset.here);
})();
