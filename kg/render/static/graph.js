// The graph. vis-network is camera and hand: it pans, zooms, drags and finds the node under the
// pointer. It holds only the nodes that are seen, as empty circles; lines, icons and labels are
// drawn here, all of one style in one stroke, so that no change of style touches its data.
const FONT = 13, LINE = 15, WRAP = 8, READABLE = 9.5, SMALL = 10, LARGE = 27, MANY = 4000, LABELLED = 1.6, FAINT = 0.35;
const TOP = 52, BOTTOM = 38, SIDE = 14; // what the buttons and the hint cover, in pixels
const LARGEST = 1.5, ROUNDS = 4, FEW = 45, FEW_LIT = 12, NARROW_VIEW = 640, DENSE = 120, MAJORS = 24, NEAR = 0.7;
const ruler = document.createElement("canvas").getContext("2d");
const carried = { nodes: read("nodes"), options: read("options") };
const homes = new Map(carried.nodes.map(({ id, x, y }) => [id, { x, y }]));
const spots = new Map(homes); // where each node stands now
const radii = new Map(), paths = new Map(), labels = new Map();
let colours = {}, family = "", network = null, nodeSet = null;
let drawn = [], drawnEdges = [], lanes = new Map(), lines = null, more = new Map();
let vivid = null, lit = new Set(), hovered = null, placed = new Boxes(100), named = new Boxes(100), majors = new Set();

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["edge", "edge-hedged", "edge-denied", "edge-on", "text", "canvas", "soft", "rule", "ground", "good", "bad"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  family = getComputedStyle(document.body).fontFamily;
  labels.clear();
}

const measureOf = (entity) => (view.sizeBy === "importance" ? entity.rank : entity.measures?.[view.sizeBy] ?? entity.rank);
onGrow(readSizes);
function readSizes() {
  for (const entity of data.entities) radii.set(entity.id, SMALL + (LARGE - SMALL) * Math.sqrt(measureOf(entity)));
}

// From far away nodes are drawn larger than they are, so that their colour can be told.
let swell = 1;
const rimOf = (id) => radii.get(id) * swell;
const swellOf = (scale) => Math.round(Math.min(Math.max(0.62 / scale, 1), 1.9) * 5) / 5;
function swellAt(scale) {
  const wanted = swellOf(scale);
  if (wanted !== swell) lines = null;
  swell = wanted;
}

const asNode = ({ id }) => ({ id, ...spots.get(id), size: radii.get(id) });
function drawGraph(container) {
  nodeSet = new vis.DataSet();
  const clear_ = { background: "transparent", border: "transparent" }, quiet = { ...clear_, hover: clear_, highlight: clear_ };
  const options = { ...carried.options, nodes: { ...carried.options.nodes, shape: "dot", label: undefined, color: quiet } };
  network = new vis.Network(container, { nodes: nodeSet, edges: [] }, options);
  container.firstElementChild.tabIndex = -1; // the container itself takes the focus and the keys
  network.on("afterDrawing", drawOver);
}

// What is drawn; vis-network hears only of nodes that came, went or changed size.
function lookAgain(resized) {
  drawn = important.filter(isVisible);
  drawnEdges = [...edges.values()].filter(isShown);
  majors = new Set(drawn.length > DENSE ? drawn.slice(0, MAJORS).map(({ id }) => id) : []);
  lanes = laneMap(drawnEdges);
  lines = null;
  more = hiddenNeighbours();
  const wanted = new Set(drawn.map(({ id }) => id));
  nodeSet.remove(nodeSet.getIds().filter((id) => !wanted.has(id)));
  const [old, fresh] = [drawn.filter(({ id }) => nodeSet.get(id)), drawn.filter(({ id }) => !nodeSet.get(id))];
  nodeSet.add(fresh.map(asNode));
  if (resized) nodeSet.update(old.map(asNode));
}
// The neighbours that the core or the reader left out; and node → how many they are.
const foldedOf = (id) => [...neighboursOf(id)].map((one) => nodes.get(one)).filter((one) => isLeftOut(one) && !sets.groups.has(one.group));
function hiddenNeighbours() {
  const whole = !data.entities.some((entity) => entity.reach || isLeftOut(entity));
  return new Map(whole ? [] : drawn.map((entity) => [entity.id, foldedOf(entity.id).length + beyondOf(entity)]).filter(([, count]) => count));
}
// What stands out: the chosen path, or what is selected with its neighbours; null for everything.
function lookAt() {
  const steps = view.path === null ? null : chosenPath() ?? [], id = view.selected, edge = edges.get(id);
  const near = steps ?? (edge ? [edge] : nodes.has(id) ? edgesOf.get(id).filter(isShown) : []);
  const own = steps ? view.pair : nodesOf(id).filter((one) => isVisible(nodes.get(one)));
  lit = new Set(near.map((one) => one.id));
  vivid = steps || own.length ? new Set([...own, ...near.flatMap((one) => [one.from, one.to])]) : null;
}

function routeOf(edge) {
  if (!lines.has(edge.id)) {
    const line = lineBetween(spots.get(edge.from), spots.get(edge.to), lanes.get(edge.id), [rimOf(edge.from), rimOf(edge.to)]);
    lines.set(edge.id, line && Object.assign(line, { box: boxAround(line) }));
  }
  return lines.get(edge.id);
}
function moveSpots(places) {
  for (const [id, { x, y }] of places) spots.set(id, { x, y });
  lines = null;
}

// A label counts as its node: it can be clicked.
const labelAt = (point) => placed.at(point);
function edgeAt({ x, y }) {
  const reach = REACH / Math.min(network.getScale(), 1);
  let best, least = reach;
  for (const edge of drawnEdges) {
    const line = routeOf(edge);
    if (!line || x < line.box.left - reach || x > line.box.right + reach || y < line.box.top - reach || y > line.box.bottom + reach) continue;
    const distance = distanceTo(line, x, y);
    if (distance < least) [best, least] = [edge.id, distance];
  }
  return best;
}

function wrapLabel(label) {
  const wrapped = [""];
  let width = 0;
  const units = label.slice(0, 400).match(/[\u0021-\u024f]+|\s+|./gsu) ?? [];
  for (const unit of units) {
    const ems = /^[\u0000-\u024f]/.test(unit) ? unit.length * 0.56 : 1;
    if (width + ems > WRAP && width > 0 && unit.trim()) { wrapped.push(""); width = 0; }
    wrapped[wrapped.length - 1] += unit.slice(0, 24);
    width += ems;
  }
  if (wrapped.length === 2 && width <= 2.5) return balance(wrapped);
  return wrapped.length > 3 ? [wrapped[0], wrapped[1], `${wrapped[2].slice(0, -1)}…`] : wrapped;
}
function balance([first, rest]) {
  const all = [...first, ...rest], half = Math.ceil(all.length / 2);
  return /[\u0000-\u024f]/.test(first) ? [first, rest] : [all.slice(0, half).join(""), all.slice(half).join("")];
}
// The lines of a text and its width in ems, measured once.
function measured(context, text, wrap = true) {
  const key = `${wrap} ${text}`;
  if (!labels.has(key)) {
    const wrapped = wrap ? wrapLabel(text) : [text];
    context.font = `100px ${family}`;
    labels.set(key, { lines: wrapped, ems: Math.max(...wrapped.map((one) => context.measureText(one).width)) / 100 });
  }
  return labels.get(key);
}

// The whole picture, in the coordinates of the graph.
function drawOver(context) {
  const scale = network.getScale(), frame = frameOf(scale);
  swellAt(scale);
  lines ??= new Map();
  [placed, named] = [new Boxes(110 / scale), new Boxes(110 / scale)];
  drawGround(context, frame, scale);
  drawLines(context, frame, scale);
  const inside = drawn.filter(({ id }) => isInside(spots.get(id), frame));
  const ordered = [2, 1, 0].flatMap((level) => inside.filter(({ id }) => priority(id) === level));
  for (const entity of [...ordered].reverse()) drawNode(context, entity);
  context.textAlign = "center";
  context.lineJoin = "round";
  const open = uncovered(frame, scale), [near, far] = [ordered.filter(({ id }) => !isFaded(id)), ordered.filter(({ id }) => isFaded(id))];
  blocked = blockedBy(scale);
  for (const entity of near) drawLabel(context, entity, open, scale);
  drawRelations(context, frame, scale);
  if (scale >= FAINT) for (const entity of far) drawLabel(context, entity, open, scale);
  context.globalAlpha = 1;
  if (!performance.getEntriesByName("graph").length) performance.mark("graph");
  drawVerdicts(context);
}
function frameOf(scale) {
  const { x, y } = network.getViewPosition(), { clientWidth, clientHeight } = byId("graph");
  const [wide, high] = [clientWidth / scale / 2, clientHeight / scale / 2];
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}
const isInside = ({ x, y }, { left, right, top, bottom }) => x > left - 120 && x < right + 120 && y > top - 90 && y < bottom + 60;
const isFaded = (id) => vivid !== null && !vivid.has(id) && id !== hovered;
const priority = (id) => (id === view.selected || id === hovered ? 2 : vivid?.has(id) ? 1 : 0);

// Lines: those of one kind and strength in one stroke, the faint ones first.
function drawLines(context, frame, scale) {
  const styles = new Map();
  for (const edge of drawnEdges) {
    const line = routeOf(edge);
    if (!line || !overlap(line.box, frame) && line.box.left !== line.box.right && line.box.top !== line.box.bottom) continue;
    const on = lit.has(edge.id) || edge.id === hovered, key = `${on ? 2 : vivid ? 0 : 1} ${kindOf(edge)}`;
    if (styles.has(key)) styles.get(key).push([edge, line]); else styles.set(key, [[edge, line]]);
  }
  const plain = drawnEdges.length > MANY && scale < 0.5;
  for (const key of [...styles.keys()].sort()) drawStyle(context, key, styles.get(key), plain, scale);
  context.globalAlpha = 1;
}
function drawStyle(context, key, found, plain, scale) {
  const [level, kind] = key.split(" "), on = level === "2";
  const colour = kind === "denied" ? colours["edge-denied"] : on ? colours["edge-on"] : kind === "hedged" ? colours["edge-hedged"] : colours.edge;
  Object.assign(context, { strokeStyle: colour, fillStyle: colour, globalAlpha: level === "0" ? 0.16 : 1, lineCap: "butt", lineWidth: (on ? (view.path === null ? 2 : 3.5) : kind === "fact" ? 1 : 1.3) * Math.min(Math.max(0.62 / scale, 1), 4) });
  context.setLineDash(plain && !on ? [] : dashOf(kind));
  context.beginPath();
  for (const [, line] of found) traceLine(context, line);
  context.stroke();
  context.setLineDash([]);
  if (plain && !on) return;
  context.beginPath();
  for (const [edge, line] of found) if (!symmetric.has(edge.p)) traceArrow(context, line, on ? 1.35 : 1);
  context.fill();
  if (kind === "denied") drawCrosses(context, found);
}
const dashOf = (kind) => (kind === "fact" ? [] : kind === "denied" ? [2, 4] : [7, 5]);
function traceLine(context, line) {
  if (line.radius) {
    context.moveTo(line.x + line.radius, line.y);
    context.arc(line.x, line.y, line.radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(line.x1, line.y1);
  if (line.straight) context.lineTo(line.x2, line.y2); else context.quadraticCurveTo(line.cx, line.cy, line.x2, line.y2);
}
function traceArrow(context, line, size) {
  const angle = line.radius ? 0.5 : line.angle, [x, y] = line.radius ? [line.x - line.radius * 0.7, line.y + line.radius * 0.7] : [line.x2, line.y2];
  const [long, wide] = [8 * size, 3.4 * size], [c, s] = [Math.cos(angle), Math.sin(angle)];
  context.moveTo(x, y);
  context.lineTo(x - long * c - wide * s, y - long * s + wide * c);
  context.lineTo(x - long * c + wide * s, y - long * s - wide * c);
  context.closePath();
}
// What was denied is crossed out, so that it is told apart without its colour.
function drawCrosses(context, found) {
  context.lineWidth = 1.6;
  context.beginPath();
  for (const [, line] of found) {
    const [x, y] = pointOn(line, 0.5);
    for (const side of [-1, 1]) { context.moveTo(x - 4, y - 4 * side); context.lineTo(x + 4, y + 4 * side); }
  }
  context.stroke();
}

// The relation along its line, upright, where it has room: on what stands out, from close by, or
// where there are few.
function drawRelations(context, frame, scale) {
  const all = !vivid && scale >= (drawnEdges.length <= FEW ? NEAR : LABELLED), wanted = drawnEdges.filter(({ id }) => all || lit.has(id) || id === hovered);
  Object.assign(context, { fillStyle: all ? colours.soft : colours.text, strokeStyle: colours.canvas, textBaseline: "middle", globalAlpha: 1 });
  for (const edge of wanted) {
    const line = routeOf(edge);
    if (line && overlap({ ...line.box, right: line.box.right + 1, bottom: line.box.bottom + 1 }, frame)) drawRelation(context, edge, line, Math.max(10.5, 9 / scale));
  }
}
function drawRelation(context, edge, line, size) {
  const text = relationName(edge), width = measured(context, text, false).ems * size;
  const room = line.radius ? Infinity : Math.hypot(line.x2 - line.x1, line.y2 - line.y1) - 10;
  if (width > room && edge.id !== hovered) return;
  const free = [0.5, 0.36, 0.64, 0.26, 0.74].map((at) => boxOn(line, at, width, size)).find((box) => !placed.meets(box));
  const box = free ?? (view.path !== null || edge.id === hovered ? boxOn(line, 0.5, width, size) : null);
  if (!box) return;
  placed.add({ ...box, id: undefined });
  context.font = `${size}px ${family}`;
  context.lineWidth = 3;
  context.save();
  context.translate(box.x, box.y);
  context.rotate(box.turn);
  context.strokeText(text, 0, 0);
  context.fillText(text, 0, 0);
  context.restore();
}
function boxOn(line, at, width, size) {
  const [x, y] = line.radius ? [line.x, line.y - line.radius] : pointOn(line, at);
  const angle = line.radius ? 0 : Math.atan2(line.y2 - line.y1, line.x2 - line.x1), turn = Math.cos(angle) < 0 ? angle + Math.PI : angle;
  const [wide, high] = [(Math.abs(Math.cos(turn)) * width + Math.abs(Math.sin(turn)) * size) / 2, (Math.abs(Math.sin(turn)) * width + Math.abs(Math.cos(turn)) * size) / 2];
  return { x, y, turn, left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

function drawNode(context, entity) {
  const { x, y } = spots.get(entity.id), radius = rimOf(entity.id), faded = isFaded(entity.id), colour = colourOf(entity);
  if (!faded) placed.add({ id: entity.id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  context.globalAlpha = 1;
  context.fillStyle = colours.canvas; // so that no line shines through
  circle(context, x, y, radius + 1);
  context.fill();
  context.globalAlpha = faded ? 0.16 : 1;
  context.fillStyle = colour;
  circle(context, x, y, radius);
  context.fill();
  if (entity.id === view.selected || entity.id === hovered) drawRing(context, x, y, radius + 4, colour);
  drawIcon(context, styleOf(entity.group), x, y, radius);
  if (!faded && network.getScale() > 0.45) drawBadges(context, entity, x, y, radius);
}
function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
function drawRing(context, x, y, radius, colour) {
  Object.assign(context, { strokeStyle: colour, lineWidth: 2 });
  circle(context, x, y, radius);
  context.stroke();
}
function drawIcon(context, style, x, y, radius) {
  const zoom = (radius * 1.15) / 24;
  if (!paths.has(style.icon)) paths.set(style.icon, data.icons[style.icon].map((d) => Object.assign(new Path2D(d), { d })));
  context.save();
  context.translate(x - 12 * zoom, y - 12 * zoom);
  context.scale(zoom, zoom);
  Object.assign(context, { strokeStyle: "#fff", lineWidth: 2, lineCap: "round", lineJoin: "round" });
  for (const path of paths.get(style.icon)) context.stroke(path);
  context.restore();
}
// How many neighbours are left out, and whether the node is pinned.
function drawBadges(context, { id }, x, y, radius) {
  const at = radius * 0.72 + 2, out = more.get(id);
  if (out) drawBadge(context, x + at, y - at, `+${out > 99 ? "99" : out}`);
  if (!pins().has(id)) return;
  Object.assign(context, { fillStyle: colours.text, strokeStyle: colours.canvas, lineWidth: 2 });
  circle(context, x - at, y - at, 3.5);
  context.stroke();
  context.fill();
}
function drawBadge(context, x, y, text) {
  Object.assign(context, { fillStyle: colours.ground, strokeStyle: colours.edge, lineWidth: 1 });
  circle(context, x, y, 8);
  context.fill();
  context.stroke();
  Object.assign(context, { fillStyle: colours.text, font: `8px ${family}`, textAlign: "center", textBaseline: "middle" });
  context.fillText(text, x, y + 0.5);
}

// Beneath its node, or where else there is room, best inside of the picture; what is chosen is
// named in any case. In a dense picture the most important ones are named over lesser nodes.
const baseFont = (scale) => Math.max(FONT, READABLE / scale);
const fontOf = ({ id }, scale) => baseFont(scale) + (radii.get(id) - 12) * 0.16;
function drawLabel(context, entity, frame, scale) {
  const { x, y } = spots.get(entity.id), radius = rimOf(entity.id), size = fontOf(entity, scale);
  const text = measured(context, nameOf(entity.id)), line = size * (LINE / FONT), [half, high] = [(text.ems * size) / 2, text.lines.length * line];
  const places = [[x, y + radius + 4], [x, y - radius - 3 - high], [x + radius + half + 5, y - high / 2], [x - radius - half - 5, y - high / 2]];
  const boxes = places.map(([middle, top]) => ({ id: entity.id, middle, left: middle - half, right: middle + half, top, bottom: top + high }));
  const needed = priority(entity.id) >= (vivid && vivid.size < 40 && (view.path !== null || baseFont(scale) < FONT * 1.6) ? 1 : 2);
  const taken = majors.has(entity.id) ? named : placed, free = boxes.filter((one) => !taken.meets(one) && !blocked.meets(one)), beneath = needed || free.includes(boxes[0]) ? boxes[0] : null;
  const box = free.find((one) => within(one, frame)) ?? beneath;
  if (!box) return;
  placed.add(box);
  named.add(box);
  context.font = `${entity.id === view.selected ? "600 " : ""}${size}px ${family}`;
  Object.assign(context, { strokeStyle: colours.canvas, fillStyle: colours.text, lineWidth: size / 4, textBaseline: "top", globalAlpha: isFaded(entity.id) ? 0.25 : 1 });
  text.lines.forEach((one, i) => {
    context.strokeText(one, box.middle, box.top + i * line);
    context.fillText(one, box.middle, box.top + i * line);
  });
}
// Names keep off the lines that stand out, where these are few.
let blocked = new Boxes(100);
function blockedBy(scale) {
  const found = new Boxes(110 / scale);
  for (const edge of lit.size <= FEW_LIT ? drawnEdges.filter(({ id }) => lit.has(id)) : []) {
    const line = routeOf(edge);
    for (let i = 1; line && i < SAMPLES; i += 1) {
      const [x, y] = pointOn(line, i / SAMPLES);
      found.add({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 });
    }
  }
  return found;
}
// The buttons cover the upper edge.
const uncovered = ({ left, right, top, bottom }, scale) => ({ left, right, bottom, top: top + (TOP - 8) / scale });
const within = (box, frame) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

// vis-network fits circles only. The room that icon and name take in the graph hangs on the scale,
// which hangs on that room: a few rounds come close enough.
function fit(animated = true, wanted = () => true) {
  const shown = drawn.filter(wanted), { clientWidth, clientHeight } = byId("graph");
  if (!network || !shown.length) return;
  let scale = LARGEST, room;
  for (let round = 0; round < ROUNDS; round += 1) {
    room = roomOf(shown, scale);
    scale = Math.min((clientWidth - 2 * SIDE) / (room.right - room.left), (clientHeight - TOP - BOTTOM) / (room.bottom - room.top), LARGEST);
  }
  steer(false);
  move({ x: (room.left + room.right) / 2, y: (room.top + room.bottom) / 2 - (TOP - BOTTOM) / 2 / scale }, scale, animated);
}
function roomOf(shown, scale) {
  const room = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }, grown = swellOf(scale);
  for (const entity of shown) {
    const { x, y } = spots.get(entity.id), radius = radii.get(entity.id) * grown, size = fontOf(entity, scale);
    const text = measured(ruler, nameOf(entity.id)), half = Math.max(radius, (text.ems * size) / 2);
    room.left = Math.min(room.left, x - half);
    room.right = Math.max(room.right, x + half);
    room.top = Math.min(room.top, y - radius);
    room.bottom = Math.max(room.bottom, y + radius + 4 + text.lines.length * size * (LINE / FONT));
  }
  return room;
}
let steered = false; // whether the reader chose what the camera shows
// The camera is no step of the view, but stands in its link: its middle and its scale.
function cameraText() {
  const { x, y } = network.getViewPosition();
  return `${Math.round(x)},${Math.round(y)},${network.getScale().toFixed(2)}`;
}
function restoreCamera() {
  const [, x, y, scale] = /^(-?\d{1,6}),(-?\d{1,6}),(\d\.\d\d)$/.exec(new URLSearchParams(location.hash.slice(1)).get("camera") ?? "") ?? [];
  if (!network || x === undefined || !Number(scale)) return;
  move({ x: Number(x), y: Number(y) }, Math.min(Math.max(Number(scale), 0.05), 6), false);
  steered = true;
}
function steer(chosen = true) {
  if (chosen || steered) writeFragment();
  steered = chosen;
}
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
function move(position, scale, animated = true) {
  network.moveTo({ position, scale, animation: animated && !isCalm() ? { duration: 300, easingFunction: "easeInOutQuad" } : false });
}
function pan(dx, dy) {
  const { x, y } = network.getViewPosition(), scale = network.getScale();
  move({ x: x + dx / scale, y: y + dy / scale }, scale, false);
  steer();
}
function zoom(factor) {
  move(network.getViewPosition(), Math.min(Math.max(network.getScale() * factor, 0.05), 6), false);
  steer();
}

function reveal(id) {
  const { x, y } = spots.get(id), at = network.canvasToDOM({ x, y }), { clientWidth, clientHeight } = byId("graph");
  if (clientWidth < NARROW_VIEW && network.getScale() < FAINT) { fit(true, (entity) => vivid.has(entity.id)); return; }
  const inside = at.x > 40 && at.y > 40 && at.x < clientWidth - 40 && at.y < clientHeight - 60;
  if (!inside) move({ x, y }, Math.max(network.getScale(), 0.7));
}

const FILTERS = ["hiddenGroups", "hiddenRelations", "kinds", "minimum", "sources", "from", "to", "undated", "linked", "hidden", "shown"];
onChange((now, former) => {
  if (!network) return;
  const differs = (...keys_) => keys_.some((key) => now[key] !== former[key]);
  if (differs("theme", "language")) readColours();
  if (differs("sizeBy")) readSizes();
  if (differs("sizeBy", ...FILTERS)) lookAgain(differs("sizeBy"));
  if (differs("selected", "path", "pair", ...FILTERS)) lookAt();
  arrange(now, former);
  network.redraw();
  if (now.path !== null && differs("path", "pair")) fit(former.path !== undefined, ({ id }) => vivid.has(id));
  else if (nodes.has(now.selected) && differs("selected")) reveal(now.selected);
});
