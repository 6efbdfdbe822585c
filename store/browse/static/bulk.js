/* Deciding on many: all of a page ticked at once, a range ticked with Shift, and how many are ticked. */
"use strict";

const ticks = [...document.querySelectorAll('#gm-bulk input[name="tick"]')];
const all = document.getElementById("gm-all");

function tell() {
  const count = ticks.filter((tick) => tick.checked).length;
  document.getElementById("gm-ticked").textContent = count ? `${count} ticked` : "";
  all.checked = count === ticks.length;
  all.indeterminate = count > 0 && count < ticks.length;
}

function tickRange(from, to, checked) {
  const [first, last] = [from, to].sort((one, other) => one - other);
  ticks.slice(first, last + 1).forEach((tick) => { tick.checked = checked; });
}

if (all) {
  let latest = null;
  ticks.forEach((tick, place) => {
    tick.addEventListener("click", (event) => {
      if (event.shiftKey && latest !== null) tickRange(latest, place, tick.checked);
      latest = place;
      tell();
    });
  });
  all.addEventListener("click", () => {
    ticks.forEach((tick) => { tick.checked = all.checked; });
    tell();
  });
  document.querySelector(".gm-bulk-all").hidden = false;
  tell();
}
