// The reader: the article itself with every mention and every quote marked, tied to the graph.
// The marks are one group for the keyboard: arrows move among them, Enter chooses.
const SHOWN_SOURCES = 200;
const reader = { doc: 0, drawn: null, marks: [], hits: [], at: -1, own: false };

// Where the articles name a node or say a claim: id → [document, run] pairs, in order.
const places = new Map();
function findPlaces() {
  if (places.size) return;
  data.documents.forEach(({ text }, doc) => text.forEach(([, node, said], run) => {
    for (const id of node ? [node, ...said] : said) {
      if (!places.has(id)) places.set(id, []);
      places.get(id).push([doc, run]);
    }
  }));
}
// A quote of several runs is one place.
const startsOf = (id) => (places.get(id) ?? []).filter(([doc, run], i, all) => nodes.has(id) || !i || all[i - 1][0] !== doc || all[i - 1][1] !== run - 1);
function placesOf(selected) {
  if (selected === null) return [];
  if (places.has(selected)) return startsOf(selected);
  return nodesOf(selected).flatMap(startsOf); // a participation
}

// The sources, each with how many claims it says.
let claimsIn = [];
function countClaims() {
  claimsIn = data.documents.map(() => 0);
  for (const claim of data.claims) for (const number of claim.documents) claimsIn[number] += 1;
}
countClaims();
onGrow(() => {
  countClaims();
  places.clear();
  reader.drawn = null;
});
function articleList() {
  if (data.documents.length < 2) return null;
  const list = el("ul", { className: "sources" });
  const add = (from, to) => list.append(...data.documents.slice(from, to).map((_, i) => el("li", {}, sourceButton(from + i))));
  add(0, SHOWN_SOURCES);
  const made = el("details", { className: "articles" }, el("summary", { text: amount("articles", data.documents.length) }), list);
  if (data.documents.length > SHOWN_SOURCES) made.append(moreSources(add));
  made.open = data.documents.length <= 6;
  return made;
}
function moreSources(add) {
  let shown = SHOWN_SOURCES;
  const more = button("go", t("showMore"), () => {
    add(shown, shown += SHOWN_SOURCES);
    more.hidden = shown >= data.documents.length;
  });
  return more;
}
function sourceButton(number) {
  const { title, publisher, date } = data.documents[number];
  const made = button("", undefined, () => openArticle(number), { "data-doc": number });
  if (number === reader.doc) made.setAttribute("aria-current", "true");
  made.append(el("span", {}, bdi(title), el("small", {}, bdi([publisher, date].filter(Boolean).join(" · ")))), el("span", { className: "count", text: amount("nClaims", claimsIn[number]) }));
  return made;
}

// The text: a paragraph a line, a mark for each mention and each stretch that says a claim.
function articleText({ text }) {
  const body = el("div", { className: "article", attributes: { role: "group", "aria-label": t("articleText") } });
  let line = el("p");
  reader.marks = [];
  text.forEach((run, i) => {
    run[0].split("\n").forEach((part, n) => {
      if (n) { body.append(line); line = el("p"); }
      if (part) line.append(partOf(part, run, i));
    });
  });
  body.append(line);
  for (const empty of [...body.children].filter((one) => !one.textContent.trim())) empty.remove();
  return body;
}
function partOf(part, [, node, said], i) {
  if (!node && !said.length) return part;
  const kinds = said.map((id) => kindOf(claimsById.get(id))), className = ["run", node && "mention", said.length && `said ${kinds.includes("fact") ? "fact" : kinds[0]}`].filter(Boolean).join(" ");
  const label = node ? `${part} (${term(nodes.get(node).cls)})` : undefined;
  const made = el("span", { className, text: part, attributes: { role: "button", tabindex: -1, "data-run": i, ...(label ? { title: label } : {}) } });
  if (node) made.style.setProperty("--c", colourOf(nodes.get(node)));
  reader.marks.push(made);
  return made;
}
// What a mark stands for: its entity; else its claim, or at a further click the next one.
function chosenBy(mark) {
  const [, node, said] = data.documents[reader.doc].text[mark.dataset.run];
  return node ?? said[(said.indexOf(view.selected) + 1) % said.length];
}
function useMark(mark) {
  reader.own = true;
  select(chosenBy(mark));
  reader.own = false;
  rove(mark);
}
function rove(mark, focus = true) {
  for (const one of reader.marks) if (one.tabIndex === 0) one.tabIndex = -1;
  mark.tabIndex = 0;
  if (focus) mark.focus({ preventScroll: true });
}

function openArticle(number) {
  reader.doc = number;
  renderReader();
  byId("reader").scrollTop = 0;
  byId("reader").querySelector(`[data-doc="${number}"]`)?.focus();
}
function renderReader() {
  findPlaces();
  const article = data.documents[reader.doc];
  if (!article) return byId("reader").replaceChildren(el("p", { className: "intro", text: t("noArticle") }));
  const open = byId("reader").querySelector(".articles")?.open, list = articleList(), focused = document.activeElement?.dataset?.next;
  if (list && open !== undefined) list.open = open;
  const readable = article.text.some(([text]) => text.trim());
  byId("reader").replaceChildren(...[list, readingBar(), el("h3", {}, bdi(article.title)), el("p", { className: "soft" }, bylineOf(article)),
    readable ? articleText(article) : el("p", { className: "intro", text: t("noText") })].filter(Boolean));
  reader.drawn = `${reader.doc} ${view.language} ${view.colourBy}`;
  if (reader.marks.length) rove(reader.marks[0], false);
  if (focused) byId("reader").querySelector(`[data-next="${focused}"]`).focus({ preventScroll: true });
  highlight();
}
// Who published it and when, as a link where there is one; the title stands above.
function bylineOf({ publisher, date, url }) {
  const address = safeAddress(url), text = [publisher, date, address && new URL(address).host].filter(Boolean).join(" · ");
  return address ? link("", text, address) : bdi(text);
}
function readingBar() {
  const go = (key, sign, by) => button("icon", sign, () => nextPlace(by), { "aria-label": t(key), "data-next": by });
  return el("div", { className: "reading" }, el("span", { className: "where", attributes: { role: "status" } }), go("placeBack", "↑", -1), go("placeOn", "↓", 1));
}

// Light up what is selected, here and wherever it is said; `at` is the place that is shown.
function highlight() {
  const all = data.documents[reader.doc]?.text ?? [], chosen = view.selected, ends = chosen === null ? [] : nodesOf(chosen);
  const claim = claimsById.has(chosen);
  for (const mark of reader.marks) {
    const [, node, said] = all[mark.dataset.run], on = claim ? said.includes(chosen) : ends.includes(node);
    mark.classList.toggle("on", on);
    mark.classList.toggle("end", on && claim && ends.includes(node));
    mark.setAttribute("aria-pressed", on);
  }
  reader.hits = placesOf(chosen);
  showPlace();
}
function showPlace() {
  const where = byId("reader").querySelector(".where"), hit = reader.hits[reader.at];
  for (const mark of reader.marks) mark.classList.toggle("here", hit !== undefined && hit[0] === reader.doc && Number(mark.dataset.run) === hit[1]);
  if (where) where.textContent = placeText();
  for (const one of byId("reader").querySelectorAll("[data-next]")) one.disabled = !reader.hits.length && !reader.marks.length;
}
function placeText() {
  if (view.selected === null) return t("readHint");
  const claim = claimsById.get(view.selected);
  const name = claim ? `${endName(claim.s)} ${term(claim.p)} ${endName(claim.o)}` : nodesOf(view.selected).map(nameOf).join(" · ");
  return reader.hits.length ? `${name} · ${Math.max(reader.at, 0) + 1} / ${reader.hits.length}` : `${name} · ${t("notHere")}`;
}
function goToPlace(at) {
  reader.at = at;
  const [doc, run] = reader.hits[at];
  if (doc !== reader.doc) { reader.doc = doc; renderReader(); } else showPlace();
  const mark = reader.marks.find((one) => Number(one.dataset.run) === run);
  if (!mark) return;
  rove(mark, false);
  mark.scrollIntoView({ block: "center", behavior: isCalm() ? "instant" : "smooth" });
}
// Without a selection the next mark of the article is chosen.
function nextPlace(by) {
  if (reader.hits.length) goToPlace((reader.at + by + reader.hits.length) % reader.hits.length);
  else if (reader.marks.length) stepMark(by);
}
function stepMark(by) {
  const at = reader.marks.findIndex((one) => one.tabIndex === 0);
  const next = reader.marks[(at + by + reader.marks.length) % reader.marks.length];
  rove(next);
  next.scrollIntoView({ block: "nearest" });
}

const READING_KEYS = new Map([["ArrowRight", () => stepMark(1)], ["ArrowLeft", () => stepMark(-1)], ["n", () => nextPlace(1)], ["p", () => nextPlace(-1)]]);
byId("reader").addEventListener("click", ({ target }) => { if (target.matches(".run")) useMark(target); });
byId("reader").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = event.target.matches(".run") && ["Enter", " "].includes(event.key) ? () => useMark(event.target) : READING_KEYS.get(event.key);
  if (!act) return;
  act();
  event.preventDefault();
});
onChange((now, former) => {
  if (now.tab !== "reader") return;
  if (reader.drawn !== `${reader.doc} ${now.language} ${now.colourBy}`) renderReader();
  const fresh = now.selected !== former.selected || former.tab !== "reader";
  if (!fresh) return;
  highlight();
  if (!reader.hits.length) { reader.at = -1; return showPlace(); }
  const here = reader.own && reader.hits.findIndex(([doc, run]) => doc === reader.doc && run === Number(document.activeElement?.dataset?.run));
  if (!reader.own) goToPlace(Math.max(0, reader.hits.findIndex(([doc]) => doc === reader.doc)));
  else { reader.at = Math.max(0, here); showPlace(); }
});
