/* Adding documents: files chosen or dropped are sent one after the other, then read; the reading is followed to its end. */
"use strict";

const byId = (id) => document.getElementById(id);
const number = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const megabytes = (bytes) => (bytes < 1e6 ? "under 1 MB" : `${Math.round(bytes / 1e6).toLocaleString("en")} MB`);
const say = (words) => { byId("gm-said").textContent = words; };
const NOT_DOCUMENTS = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i;
const LISTED = 200;
const PAUSE = 1000;

/* What was chosen: [{name, file}], each name with the folders that it lies in. */

async function entriesIn(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [{ name: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...(await entriesIn(one)));
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) return chosen(transfer.files);
  const found = [];
  for (const entry of entries) found.push(...(await entriesIn(entry)));
  return found;
}

const chosen = (files) => [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
const isDocument = (one) => !one.name.split("/").some((part) => NOT_DOCUMENTS.test(part));

/* Sending. */

function send(place, one, aim) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${place.dataset.file || place.dataset.upload}?name=${encodeURIComponent(one.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-csrftoken", place.dataset.token);
    request.upload.onprogress = (event) => aim.progress(event.loaded);
    request.onload = () => done(answerOf(request));
    request.onerror = () => done({ ok: false, lost: true, reason: "The connection to goalmap was lost while this file was sent." });
    request.onabort = () => done({ ok: false, isCancelled: true });
    aim.request = request;
    request.send(one.file);
  });
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    const reason = request.status === 403 ? "You are not signed in any longer. Sign in and try again." : `goalmap answered ${request.status}.`;
    return { ok: false, lost: true, reason };
  }
}

/* The page on which documents are added. */

function listenToDrops(zone, take, refuse) {
  const over = (event) => { event.preventDefault(); zone.classList.toggle("gm-over", event.type === "dragover"); };
  for (const name of ["dragover", "dragleave", "dragend"]) zone.addEventListener(name, over);
  zone.addEventListener("drop", async (event) => {
    over(event);
    try {
      take(await dropped(event.dataTransfer));
    } catch (problem) {
      refuse(`It cannot be read: ${problem.message || problem.name}`);
    }
  });
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}

class Adding {
  constructor(place) {
    this.place = place;
    this.files = [];
    this.aim = null;
    place.hidden = false;
    byId("gm-files").onchange = (event) => this.take(chosen(event.target.files));
    byId("gm-folder").onchange = (event) => this.take(chosen(event.target.files));
    byId("gm-clear").onclick = () => this.clear();
    byId("gm-start").onclick = () => this.start();
    byId("gm-cancel").onclick = () => this.cancel();
    listenToDrops(byId("gm-drop"), (found) => this.take(found), (problem) => this.refuse("What was dropped", problem));
    window.addEventListener("beforeunload", (event) => { if (this.aim) event.preventDefault(); });
  }

  take(found) {
    const documents = found.filter(isDocument);
    const names = new Set(this.files.map((one) => one.name));
    this.files.push(...documents.filter((one) => !names.has(one.name)));
    this.show(found.length - documents.length);
    if (this.files.length) byId("gm-start").focus();
  }

  show(left) {
    const size = this.files.reduce((sum, one) => sum + one.file.size, 0);
    const words = `${number(this.files.length, "file")}, ${megabytes(size)}` + (left ? `; ${number(left, "hidden or system file")} left out` : "");
    byId("gm-chosen").hidden = !this.files.length;
    byId("gm-count").textContent = words;
    const shown = this.files.slice(0, LISTED).map((one) => one.name);
    if (this.files.length > LISTED) shown.push(`and ${number(this.files.length - LISTED, "other")}`);
    byId("gm-list").replaceChildren(...shown.map((name) => Object.assign(document.createElement("li"), { textContent: name })));
    say(this.files.length ? `Chosen: ${words}.` : "There is no document in that.");
  }

  clear() {
    this.files = [];
    byId("gm-chosen").hidden = true;
    byId("gm-files").value = byId("gm-folder").value = "";
    byId("gm-files").focus();
  }

  cancel() {
    if (!this.aim) return;
    this.aim.isCancelled = true;
    this.aim.request.abort();
  }

  async start() {
    const files = this.files;
    const total = files.reduce((sum, one) => sum + one.file.size, 0) || 1;
    const limit = Number(this.place.dataset.limit);
    const aim = (this.aim = { isCancelled: false, progress: () => {} });
    byId("gm-chosen").hidden = byId("gm-drop").hidden = true;
    byId("gm-refused").hidden = true;
    byId("gm-refused").querySelector("tbody").replaceChildren();
    byId("gm-sending").hidden = false;
    byId("gm-cancel").focus();
    say(`Sending ${number(files.length, "file")}.`);
    const tally = { added: 0, known: 0, refused: 0 };
    let before = 0;
    for (const [index, one] of files.entries()) {
      byId("gm-sent-words").textContent = `Sending ${index + 1} of ${number(files.length, "file")}: ${one.name}`;
      aim.progress = (bytes) => { byId("gm-sent").value = (before + bytes) / total; };
      const answer = one.file.size > limit ? tooLarge(limit) : await send(this.place, one, aim);
      before += one.file.size;
      aim.progress(0);
      if (aim.isCancelled) break;
      this.note(one, answer, tally);
      if (answer.lost) break;
    }
    byId("gm-sending").hidden = true;
    byId("gm-drop").hidden = false;
    this.aim = null;
    this.files = [];
    byId("gm-files").value = byId("gm-folder").value = "";
    this.finish(aim, tally);
  }

  note(one, answer, tally) {
    if (!answer.ok) {
      tally.refused += 1;
      this.refuse(one.name, answer.reason);
    } else {
      tally[answer.is_new ? "added" : "known"] += 1;
      if (answer.is_new && fileName(answer.name) !== fileName(one.name.normalize("NFC"))) this.refuse(one.name, `Added as “${answer.name}”: that name could not be kept, or another file has it.`);
    }
  }

  refuse(name, reason) {
    const row = byId("gm-refused").querySelector("tbody").insertRow();
    const head = Object.assign(document.createElement("th"), { scope: "row", dir: "auto", textContent: name });
    row.append(head, Object.assign(document.createElement("td"), { textContent: reason }));
    byId("gm-refused").hidden = false;
    byId("gm-refused-heading").textContent = "Not added, or added under another name";
  }

  async finish(aim, tally) {
    const words = [`${number(tally.added, "file")} added`];
    if (tally.known) words.push(`${number(tally.known, "file")} there already`);
    if (tally.refused) words.push(`${number(tally.refused, "file")} not added`);
    const told = `${aim.isCancelled ? "Cancelled. " : ""}${words.join(", ")}.`;
    say(told);
    if (tally.added + tally.known) await this.read();
    else byId("gm-files").focus();
  }

  async read() {
    const form = new URLSearchParams();
    for (const box of this.place.querySelectorAll("input[name=framework]:checked")) form.append("framework", box.value);
    const answer = await fetch(this.place.dataset.read, { method: "POST", body: form, headers: { "x-csrftoken": this.place.dataset.token }, redirect: "manual" });
    if (answer.type !== "opaqueredirect") return say("The reading could not be begun. Load the page again.");
    this.place.querySelector(".gm-frameworks")?.remove();
    await follow(this.place.dataset.reading, true);
  }
}

const fileName = (name) => name.split("/").pop();
const tooLarge = (limit) => ({ ok: false, reason: `The file is larger than ${megabytes(limit * 1e6 / 1048576)}. If it is a ZIP, unpack it and add the folder.` });

/* Following the reading. */

let following = false;

async function follow(address, isNew) {
  if (following) return;
  following = true;
  const box = byId("gm-reading");
  let stage = box.firstElementChild.dataset.stage;
  try {
    for (let first = isNew; first || box.querySelector("[data-goes-on='1']"); first = false) {
      if (!first) await new Promise((done) => setTimeout(done, document.hidden ? 5 * PAUSE : PAUSE));
      stage = await asked(address, box, stage, first);
    }
  } finally {
    following = false;
  }
}

async function asked(address, box, stage, isNew) {
  let answer;
  try {
    answer = await fetch(address, { headers: { accept: "text/html" } });
  } catch {
    byId("gm-detail")?.replaceChildren("goalmap cannot be reached just now. Is goalmap serve still running?");
    return stage;
  }
  if (!answer.ok) return location.reload();
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  const now = told.dataset.stage;
  if (!isNew && now === stage && told.querySelector("progress")) return renew(told, stage);
  box.replaceChildren(told);
  if (isNew) byId("gm-reading-heading").focus();
  else if (stage !== now) say(`${byId("gm-reading-heading").textContent}. ${byId("gm-detail").textContent}`);
  return now;
}

/* Only words and numbers, so that whoever stands on a button stays there. */
function renew(told, stage) {
  byId("gm-detail").textContent = told.querySelector("#gm-detail").textContent;
  const [bar, now] = [byId("gm-reading").querySelector("progress"), told.querySelector("progress")];
  for (const name of ["max", "value"]) if (now.hasAttribute(name)) bar.setAttribute(name, now.getAttribute(name));
  return stage;
}

/* The page of the queue: a file is sent, and what it would change is shown. */

async function handIn(place, found) {
  const one = found[0];
  if (!one) return say("There is no file in that.");
  if (found.length > 1) return say("Hand in one file at a time.");
  const limit = Number(place.dataset.limit);
  say(`Sending ${one.name} …`);
  const answer = one.file.size > limit ? tooLarge(limit) : await send(place, one, { progress: (bytes) => say(`Sending ${one.name}: ${megabytes(bytes)} …`) });
  if (!answer.ok) return say(answer.reason);
  say(`${one.name} is being read …`);
  location.assign(answer.address);
}

if (byId("gm-adding")) {
  new Adding(byId("gm-adding"));
  follow(byId("gm-adding").dataset.reading, false);
}
if (byId("gm-hand-in")) {
  const place = byId("gm-hand-in");
  place.hidden = false;
  byId("gm-queue").value = "";
  byId("gm-queue").onchange = (event) => handIn(place, chosen(event.target.files));
  listenToDrops(byId("gm-drop"), (found) => handIn(place, found), say);
}
