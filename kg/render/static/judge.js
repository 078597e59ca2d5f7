// Verdicts of the reader: a claim is right or wrong, two entities are one or not. They stand on
// the cards and in the graph and go into a file, a JSON object a line, for `kg build --judgements`.
const VERDICTS = { claim: ["right", "wrong"], pair: ["same", "different"] };
const SIGNS = new Map([["right", "✓"], ["wrong", "✗"], ["same", "="], ["different", "≠"]]);
const verdicts = new Map(), verdictsPlace = `claimgraph-verdicts ${location.pathname}`;
const mine = new Set(); // the keys of what was judged in this visit
let judgeName = "", comparing = null;

// The file's form. What is no verdict is left out; of two about one thing the later stands.
const isClaimVerdict = (record) => "claim" in record;
const verdictKey = (record) => JSON.stringify(isClaimVerdict(record) ? [record.claim] : [record.left, record.right].sort());
function asVerdict(line) {
  let found;
  try { found = JSON.parse(line); } catch { return null; }
  if (found === null || typeof found !== "object" || Array.isArray(found)) return null;
  const isClaim = Object.hasOwn(found, "claim"), names = [...(isClaim ? ["claim"] : ["left", "right"]), "verdict", "by", "at"];
  const record = Object.fromEntries(names.map((name) => [name, Object.hasOwn(found, name) ? found[name] : ""]));
  const known = (isClaim ? record.claim : record.left && record.right) && VERDICTS[isClaim ? "claim" : "pair"].includes(record.verdict) && (isClaim || record.left !== record.right);
  return known && Object.values(record).every((value) => typeof value === "string") ? record : null;
}
// What some readers take for the end of a line is escaped.
const verdictLine = (record) => `${JSON.stringify(record).replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
const verdictLines = () => [...verdicts.values()].map(verdictLine).join("");
function takeVerdicts(text) {
  const records = text.split("\n").filter((line) => line.trim()).map(asVerdict);
  for (const record of records) if (record) verdicts.set(verdictKey(record), record);
  return { taken: records.filter(Boolean).length, left: records.filter((record) => !record).length };
}

// A second press of the same verdict withdraws it.
function judge(about, verdict) {
  const record = { ...about, verdict, by: judgeName, at: new Date().toISOString() }, key = verdictKey(record);
  if (verdicts.get(key)?.verdict === verdict) verdicts.delete(key);
  else verdicts.set(key, record);
  mine.add(key);
  verdictsChanged();
}
function storeVerdicts() {
  try { localStorage.setItem(verdictsPlace, verdictLines()); } catch { /* kept in memory only */ }
}
function verdictsChanged() {
  storeVerdicts();
  renderJudge();
  renderPanel(view, view);
  network?.redraw();
}
const claimVerdict = (claim) => verdicts.get(JSON.stringify([claim.key]))?.verdict;
const pairKey = (a, b) => JSON.stringify([keys.get(a), keys.get(b)].sort());
const pairVerdict = (a, b) => verdicts.get(pairKey(a, b))?.verdict;
function* judgedPairs() {
  for (const record of verdicts.values()) {
    const [left, right] = [ids.get(record.left), ids.get(record.right)];
    if (!isClaimVerdict(record) && nodes.has(left) && nodes.has(right)) yield [left, right, record.verdict];
  }
}

// On the cards.
const verdictTag = (verdict) => el("span", { className: `tag verdict ${verdict}`, text: `${SIGNS.get(verdict)} ${t(verdict)}` });
const rulingOf = (claim) => claimVerdict(claim) ?? claim.review?.ruling; // what the build was told, if nothing newer
const verdictMark = (claim) => (rulingOf(claim) ? verdictTag(rulingOf(claim)) : null);
function verdictButtons(kind, chosen, give) {
  const made = VERDICTS[kind].map((verdict) => button(`judge ${verdict}`, `${SIGNS.get(verdict)} ${t(verdict)}`, () => {
    give(verdict);
    byId("panel").querySelector(`[data-judge="${verdict}"]`)?.focus();
  }, { "aria-pressed": chosen === verdict, "data-judge": verdict }));
  return el("span", { className: "judging", attributes: { role: "group", "aria-label": t("judge") } }, ...made);
}
const judgeClaim = (claim) => verdictButtons("claim", claimVerdict(claim), (verdict) => judge({ claim: claim.key }, verdict));
function judgeNode(id) {
  const made = el("section", { className: "sameness", attributes: { "aria-label": t("sameness") } }, el("h2", { text: t("sameness") }));
  for (const [left, right, verdict] of judgedPairs()) {
    if (left === id || right === id) made.append(sameness(id, left === id ? right : left, verdict));
  }
  if (comparing !== null && comparing !== id) {
    if (!pairVerdict(comparing, id)) made.append(sameness(id, comparing));
    made.append(button("go", t("stopComparing"), () => compare(null)));
  } else if (comparing === id) made.append(el("p", { className: "soft", text: t("pickSecond") }), button("go", t("stopComparing"), () => compare(null)));
  else made.append(button("go", t("compare"), () => compare(id), { id: "compare" }));
  return made;
}
const sameness = (id, other, verdict) => el("div", { className: "pairing" }, bdi(nameOf(id)), el("em", { text: verdict ? SIGNS.get(verdict) : "?" }), nodeButton(other),
  verdictButtons("pair", verdict, (given) => { comparing = null; say(""); judge({ left: keys.get(other), right: keys.get(id) }, given); }));
function compare(id) {
  comparing = id;
  say(id === null ? "" : t("pickSecond"));
  renderPanel(view, view);
}

// In the graph: a sign on the line, a line between the two.
function drawVerdicts(context) {
  for (const record of verdicts.values()) {
    const edge = edges.get(ids.get(record.claim)), line = edge && isShown(edge) && routeOf(edge);
    if (line) drawSign(context, line.radius ? [line.x, line.y - line.radius] : pointOn(line, 0.5), record.verdict);
  }
  for (const [left, right, verdict] of judgedPairs()) {
    if (isVisible(nodes.get(left)) && isVisible(nodes.get(right))) drawPair(context, nodeRim(left), nodeRim(right), verdict);
  }
}
const verdictColour = (verdict) => (["right", "same"].includes(verdict) ? colours.good : colours.bad);
function drawSign(context, [x, y], verdict) {
  circle(context, x, y, 7);
  context.fillStyle = verdictColour(verdict);
  context.fill();
  Object.assign(context, { fillStyle: colours.canvas, font: `700 10px ${family}`, textAlign: "center", textBaseline: "middle" });
  context.fillText(SIGNS.get(verdict), x, y);
}
const nodeRim = (id) => ({ ...spots.get(id), gap: radii.get(id) + 5 });
function drawPair(context, from, to, verdict) {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1, [dx, dy] = [(to.x - from.x) / long, (to.y - from.y) / long];
  context.beginPath();
  Object.assign(context, { strokeStyle: verdictColour(verdict), lineWidth: 2 });
  context.setLineDash([2, 4]);
  context.moveTo(from.x + dx * from.gap, from.y + dy * from.gap);
  context.lineTo(to.x - dx * to.gap, to.y - dy * to.gap);
  context.stroke();
  context.setLineDash([]);
  drawSign(context, [(from.x + to.x) / 2, (from.y + to.y) / 2], verdict);
}

// In the header: how many, the file out and in, whose they are.
function renderJudge() {
  const menu = byId("judge"), chosen = el("input", { className: "unseen", attributes: { type: "file", accept: ".jsonl,.json,application/x-ndjson", id: "verdicts-file" }, change: loadVerdicts });
  const name = el("input", { attributes: { type: "text", id: "judge-name", autocomplete: "name", maxlength: 80 }, input: ({ target }) => signAs(target.value.trim()) });
  name.value = judgeName;
  menu.replaceChildren(
    el("summary", { text: `${t("judgements")} · ${verdicts.size}`, attributes: { id: "judge-count" } }),
    el("div", {}, el("p", { className: "soft", text: t("judgeHint") }),
      el("label", { className: "field" }, el("span", { text: t("yourName") }), name),
      button("", t("saveVerdicts"), () => downloadText(verdictLines(), "application/x-ndjson", "verdicts.jsonl"), { id: "save-verdicts", ...(verdicts.size ? {} : { disabled: "" }) }),
      el("label", { className: "load" }, el("span", { text: t("loadVerdicts") }), chosen)),
  );
  menu.hidden = !data.entities.length;
}
// The name is of all that was judged in this visit, also before it was typed.
function signAs(name) {
  judgeName = name;
  for (const key of mine) if (verdicts.has(key)) verdicts.set(key, { ...verdicts.get(key), by: name });
  storeVerdicts();
}
async function loadVerdicts({ target }) {
  const [file] = target.files;
  if (!file) return;
  const { taken, left } = takeVerdicts(await file.text());
  verdictsChanged();
  say(fill("verdictsLoaded", taken, left));
}

try { takeVerdicts(localStorage.getItem(verdictsPlace) ?? ""); } catch { /* a page without storage */ }
onChange((now, former) => { if (now.language !== former.language) renderJudge(); });

