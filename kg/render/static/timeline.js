// When: how many claims begin in each year (or month), a range of them, and a film of the years.
const MOST_BINS = 40, FEW_YEARS = 3, FRAME = 900;
const bins = makeBins();
let slider = null, film = 0;

// The bins without a gap; of a long time the last ones, and all before them in the first.
function makeBins() {
  const dated = data.claims.filter((claim) => claim.times);
  const months = dated.map((claim) => monthsOf(claim)[0]).filter(Boolean).sort();
  if (!months.length) return [];
  const precise = dated.filter(({ times }) => times.precision !== "year").length;
  const [first, last] = [months[0], months.at(-1)], number = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1;
  const byMonth = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) < FEW_YEARS && 2 * precise >= dated.length;
  const [low, high] = byMonth ? [number(first), number(last)] : [first, last].map((month) => Number(month.slice(0, 4)));
  const start = Math.max(low, high - MOST_BINS + 1);
  const name = (n) => (byMonth ? `${String(Math.floor(n / 12)).padStart(4, "0")}-${String(n % 12 + 1).padStart(2, "0")}` : String(n).padStart(4, "0"));
  return Array.from({ length: high - start + 1 }, (_, i) => ({ name: name(start + i), open: i === 0 && start > low }));
}
const binOf = (month) => Math.max(0, bins.findIndex(({ name }) => month.slice(0, name.length) <= name));
const binName = (i) => `${bins[i].open ? "≤ " : ""}${bins[i].name}`;
// The range of the view as two bins; a bound outside of all bins is the end on its side.
function rangeOf({ from, to }) {
  const start = from ? bins.findIndex(({ name }) => name >= from) : 0, end = to ? bins.findLastIndex(({ name }) => name.slice(0, to.length) <= to) : bins.length - 1;
  return [start < 0 ? bins.length - 1 : start, Math.max(end, 0)];
}
const asRange = ([start, end]) => ({ from: start === 0 ? "" : bins[start].name, to: end === bins.length - 1 ? "" : bins[end].name });

function makeTimeline() {
  const track = el("div", { attributes: { id: "range" } }), bars = document.createElementNS(SVG, "svg");
  bars.setAttribute("id", "bars");
  bars.setAttribute("viewBox", `0 0 ${bins.length} 1`);
  bars.setAttribute("preserveAspectRatio", "none");
  bars.setAttribute("aria-hidden", "true");
  const undated = el("input", { change: ({ target }) => change({ undated: target.checked }), attributes: { type: "checkbox", id: "undated" } });
  const play = button("", undefined, playOrStop, { id: "play", "aria-pressed": false });
  byId("timeline").append(
    el("div", { className: "era" }, el("span", { className: "soft", attributes: { "data-t": "factDates" } }), el("output", { attributes: { id: "span" } })),
    el("div", { className: "scale" }, bars, track),
    el("div", { className: "also" }, play, el("label", { className: "check" }, undated, el("span", { attributes: { id: "n-undated" } }))),
  );
  byId("timeline").hidden = false;
  slider = noUiSlider.create(track, {
    start: [0, bins.length - 1], connect: true, step: 1, range: { min: 0, max: bins.length - 1 }, behaviour: "drag-tap",
    ariaFormat: { to: (i) => binName(Math.round(i)) }, handleAttributes: [{ id: "range-from" }, { id: "range-to" }],
  });
  slider.on("slide", (_, __, values) => { stop(); change(asRange(values.map(Math.round))); });
  onChange(renderTimeline);
}
function renderTimeline() {
  const [start, end] = rangeOf(view), shown = under({ from: "", to: "" }, visibleClaims);
  const months = shown.map((claim) => monthsOf(claim)[0]), counts = count(months.filter(Boolean).map(binOf)), most = Math.max(1, ...counts.values());
  byId("bars").replaceChildren(...bins.map((_, i) => bar(i, (counts.get(i) ?? 0) / most, i >= start && i <= end)));
  slider.set([start, end], false);
  for (const id of ["from", "to"]) byId(`range-${id}`).setAttribute("aria-label", t(id));
  byId("span").textContent = start === end ? binName(start) : `${binName(start)} – ${binName(end)}`;
  byId("undated").checked = view.undated;
  byId("undated").disabled = !isRanged();
  byId("n-undated").textContent = fill("undated", months.filter((month) => !month).length);
  byId("play").replaceChildren(glyph(film ? "pause" : "play"), t(film ? "pause" : "play"));
  byId("play").setAttribute("aria-pressed", film !== 0);
}
function bar(i, height, isIn) {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x: i + 0.1, width: 0.8, y: 1 - height, height })) made.setAttribute(name, value);
  made.setAttribute("class", isIn ? "in" : "out");
  return made;
}

// The film: the range grows from its first bin on, year by year.
function playOrStop() { if (film) { stop(); renderTimeline(); } else play(); }
function stop() { clearInterval(film); film = 0; }
function play() {
  const start = rangeOf(view)[0];
  let end = start;
  film = setInterval(() => { end += 1; if (end >= bins.length - 1) stop(); show(true); }, FRAME);
  const show = (quiet) => change(asRange([start, end]), { quiet });
  show(false);
  renderTimeline();
}
function remakeTimeline() {
  bins.splice(0, Infinity, ...makeBins());
  if (bins.length < 2) return;
  if (!slider) return makeTimeline();
  byId("bars").setAttribute("viewBox", `0 0 ${bins.length} 1`);
  slider.updateOptions({ range: { min: 0, max: bins.length - 1 } }, false);
}
if (bins.length > 1) makeTimeline();
onGrow(remakeTimeline);
