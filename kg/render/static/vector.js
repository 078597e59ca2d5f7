// A drawing context that writes SVG: the part of CanvasRenderingContext2D that the graph's drawing
// uses, so that the vector file shows exactly what the canvas shows. Points are kept in the
// file's own coordinates; a Path2D must carry its path data as `d`.
const VECTOR_STATE = ["fillStyle", "strokeStyle", "lineWidth", "lineCap", "lineJoin", "font", "textAlign", "textBaseline", "globalAlpha", "matrix", "dash"];
const XML_ESCAPES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&quot;"]]);
// Lone surrogates and most control characters are no characters of XML.
const xmlText = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd").replace(/[&<>"]/g, (char) => XML_ESCAPES.get(char));
const xmlNumber = (value) => String(Math.round(value * 100) / 100);

class VectorContext {
  constructor() {
    Object.assign(this, {
      fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", font: "10px sans-serif",
      textAlign: "start", textBaseline: "alphabetic", globalAlpha: 1, matrix: [1, 0, 0, 1, 0, 0], dash: [],
      saved: [], elements: [], path: [], circle: null, halo: null, ruler: document.createElement("canvas").getContext("2d"),
    });
  }
  save() { this.saved.push(Object.fromEntries(VECTOR_STATE.map((name) => [name, this[name]]))); }
  restore() { Object.assign(this, this.saved.pop()); }
  transform(a, b, c, d, e, f) {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }
  translate(x, y) { this.transform(1, 0, 0, 1, x, y); }
  scale(x, y) { this.transform(x, 0, 0, y, 0, 0); }
  rotate(angle) { const [c, s] = [Math.cos(angle), Math.sin(angle)]; this.transform(c, s, -s, c, 0, 0); }
  get zoom() { return Math.hypot(this.matrix[0], this.matrix[1]); }
  setLineDash(dash) { this.dash = [...dash]; }
  getLineDash() { return this.dash; }

  at(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    return `${xmlNumber(a * x + c * y + e)} ${xmlNumber(b * x + d * y + f)}`;
  }
  beginPath() { [this.path, this.circle] = [[], null]; }
  add(part) { this.path.push(part); this.circle = null; }
  closePath() { if (this.path.length) this.path.push("Z"); }
  moveTo(x, y) { this.add(`M${this.at(x, y)}`); }
  lineTo(x, y) { this.add(`${this.path.length ? "L" : "M"}${this.at(x, y)}`); }
  quadraticCurveTo(cx, cy, x, y) { this.add(`Q${this.at(cx, cy)} ${this.at(x, y)}`); }
  bezierCurveTo(ax, ay, bx, by, x, y) { this.add(`C${this.at(ax, ay)} ${this.at(bx, by)} ${this.at(x, y)}`); }
  rect(x, y, width, height) { this.add(`M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`); }
  arc(x, y, radius, from, to, back = false) {
    const turn = 2 * Math.PI, r = xmlNumber(radius * this.zoom), point = (angle) => this.at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    if (Math.abs(to - from) >= turn - 1e-6) {
      const alone = !this.path.length;
      this.add(`M${point(0)}A${r} ${r} 0 1 1 ${point(Math.PI)}A${r} ${r} 0 1 1 ${point(0)}`);
      if (alone) this.circle = [...this.at(x, y).split(" "), r];
      return;
    }
    const sweep = (((back ? from - to : to - from) % turn) + turn) % turn;
    this.add(`${this.path.length ? "L" : "M"}${point(from)}A${r} ${r} 0 ${sweep > Math.PI ? 1 : 0} ${back ? 0 : 1} ${point(to)}`);
  }

  // An opaque colour and its opacity: few programs but browsers read rgba().
  paint(name, style) {
    this.ruler.fillStyle = "#000";
    this.ruler.fillStyle = style;
    const read_ = this.ruler.fillStyle, parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(read_);
    const colour = parts ? `#${parts.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : read_;
    const opacity = this.globalAlpha * (parts ? Number(parts[4]) : 1);
    return ` ${name}="${colour}"${opacity < 1 ? ` ${name}-opacity="${xmlNumber(opacity)}"` : ""}`;
  }
  pen(zoom = this.zoom) {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map((length) => xmlNumber(length * zoom)).join(" ")}"` : "";
    return `${this.paint("stroke", this.strokeStyle)} stroke-width="${xmlNumber(this.lineWidth * zoom)}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"${dash}`;
  }
  put(element) { this.elements.push(element); this.halo = null; }
  fill(path) { this.outline(path, () => this.paint("fill", this.fillStyle)); }
  stroke(path) { this.outline(path, (zoom) => ` fill="none"${this.pen(zoom)}`); }
  outline(path, style) {
    if (path) this.put(`<path d="${xmlText(path.d)}" transform="matrix(${this.matrix.map((value) => Math.round(value * 1e4) / 1e4).join(" ")})"${style(1)}/>`);
    else if (this.circle) this.put(`<circle cx="${this.circle[0]}" cy="${this.circle[1]}" r="${this.circle[2]}"${style()}/>`);
    else if (this.path.length) this.put(`<path d="${this.path.join("")}"${style()}/>`);
  }
  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  measureText(text, baseline = "alphabetic") {
    Object.assign(this.ruler, { font: this.font, textBaseline: baseline });
    return this.ruler.measureText(text);
  }
  // Few programs know other baselines than the alphabetic one.
  get drop() { return this.measureText("x").fontBoundingBoxAscent - this.measureText("x", this.textBaseline).fontBoundingBoxAscent; }
  // A text is drawn over its halo: both are one element.
  strokeText(text, x, y) {
    this.write(text, x, y, `${this.pen()} paint-order="stroke"`);
    this.halo = JSON.stringify([text, x, y]);
  }
  fillText(text, x, y) {
    if (this.halo !== JSON.stringify([text, x, y])) this.write(text, x, y, "");
    else this.elements.push(this.elements.pop().replace(' fill="none"', () => this.paint("fill", this.fillStyle)));
    this.halo = null;
  }
  write(text, x, y, halo) {
    const [, weight, size, names] = /^(?:(bold|[1-9]00) )?([\d.]+)px (.*)$/su.exec(this.font) ?? [null, "", 12, "sans-serif"];
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] ?? "start";
    const turned = Math.atan2(this.matrix[1], this.matrix[0]) * 180 / Math.PI, [left, base] = this.at(x, y + this.drop).split(" ");
    const attributes = [`x="${left}" y="${base}"`, turned && `transform="rotate(${xmlNumber(turned)} ${left} ${base})"`, `font-family="${xmlText(names)}" font-size="${xmlNumber(size * this.zoom)}"`, weight && `font-weight="${weight}"`, `text-anchor="${anchor}"`];
    this.put(`<text ${attributes.filter(Boolean).join(" ")}${halo ? ` fill="none"${halo}` : this.paint("fill", this.fillStyle)}>${xmlText(String(text))}</text>`);
  }

  svg(width, height, title) {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n<title>${xmlText(title)}</title>\n${this.elements.join("\n")}\n</svg>\n`;
  }
}
