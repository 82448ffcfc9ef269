// Zooms and moves the map that it holds, by changing what its drawing shows:
// with buttons, the keyboard, a wheel with Ctrl, two fingers or a drag. Without
// it the map is whole, and all links work.

const CLOSEST = 8;
const STEP = 1.6;

customElements.define(
  "map-zoom",
  class extends HTMLElement {
    connectedCallback() {
      this.svg = this.querySelector("svg");
      if (!this.svg || this.tools) return;
      const [x, y, width, height] = this.svg.getAttribute("viewBox").split(" ").map(Number);
      this.whole = { x, y, width, height };
      this.view = { ...this.whole };
      this.names = this.svg.querySelector("[font-size]");
      this.size = Number(this.names?.getAttribute("font-size"));
      this.fingers = new Map();
      this.addTools();
      this.svg.addEventListener("wheel", (event) => this.turn(event), { passive: false });
      this.addEventListener("keydown", (event) => this.press(event));
      this.svg.addEventListener("pointerdown", (event) => {
        this.dragged = false;
        this.fingers.set(event.pointerId, event);
      });
      this.svg.addEventListener("pointermove", (event) => this.drag(event));
      const lift = ({ pointerId }) => this.fingers.delete(pointerId);
      for (const end of ["pointerup", "pointercancel", "pointerleave"]) this.svg.addEventListener(end, lift);
      this.svg.addEventListener("dragstart", (event) => event.preventDefault());
      // A drag over a link must not follow it; a key that is pressed there is no drag.
      const keep = (event) => this.dragged && event.detail > 0 && event.preventDefault();
      this.svg.addEventListener("click", keep, true);
      this.svg.addEventListener("focusin", ({ target }) => this.reveal(target.closest("a")));
    }

    addTools() {
      this.tools = document.createElement("p");
      this.tools.className = "world-map__tools";
      const add = (sign, name, action) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: sign, title: name, ariaLabel: name });
        button.addEventListener("click", action);
        this.tools.append(button);
        return button;
      };
      this.closer = add("+", "Zoom in", () => this.zoom(STEP));
      this.farther = add("−", "Zoom out", () => this.zoom(1 / STEP));
      this.back = add("Whole map", "Show the whole map", () => this.show(this.whole));
      this.append(this.tools);
      this.show(this.whole, false);
    }

    get scale() {
      return this.whole.width / this.view.width;
    }

    zoom(factor, { x, y } = this.middle, isSmooth = true) {
      const scale = Math.min(Math.max(this.scale * factor, 1), CLOSEST);
      const width = this.whole.width / scale;
      const part = width / this.view.width;
      this.show({ x: x - (x - this.view.x) * part, y: y - (y - this.view.y) * part, width }, isSmooth);
    }

    get middle() {
      return { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 };
    }

    /** Shows a part of the map, moved so far that it lies inside. */
    show({ x, y, width }, isSmooth = true) {
      const { whole } = this;
      const height = (width * whole.height) / whole.width;
      const inside = (at, start, room) => Math.min(Math.max(at, start), start + Math.max(room, 0));
      const to = {
        x: inside(x, whole.x, whole.width - width),
        y: inside(y, whole.y, whole.height - height),
        width,
        height,
      };
      const from = this.view;
      this.view = to;
      this.closer.disabled = this.scale >= CLOSEST - 0.01;
      this.farther.disabled = this.back.disabled = this.scale <= 1.01;
      this.svg.classList.toggle("world-map__sheet--near", this.scale > 1.01);
      cancelAnimationFrame(this.frame);
      const still = !isSmooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
      const started = performance.now();
      const draw = (now) => {
        const part = still ? 1 : Math.min(Math.max((now - started) / 200, 0), 1);
        const at = (side) => from[side] + (to[side] - from[side]) * part;
        this.svg.setAttribute("viewBox", ["x", "y", "width", "height"].map((side) => at(side).toFixed(2)).join(" "));
        this.names?.setAttribute("font-size", ((this.size * at("width")) / whole.width).toFixed(2));
        if (part < 1) this.frame = requestAnimationFrame(draw);
      };
      draw(started);
    }

    /** Where a pointer is in the drawing. */
    under({ clientX, clientY }) {
      const box = this.svg.getBoundingClientRect();
      return {
        x: this.view.x + ((clientX - box.left) / box.width) * this.view.width,
        y: this.view.y + ((clientY - box.top) / box.height) * this.view.height,
      };
    }

    turn(event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 200), this.under(event), false);
    }

    press(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const step = this.view.width / 5;
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      const [x, y] = (this.scale > 1.01 && moves[event.key]) || [];
      if (x !== undefined) this.show({ ...this.view, x: this.view.x + x, y: this.view.y + y });
      else if (event.key === "+" || event.key === "=") this.zoom(STEP);
      else if (event.key === "-") this.zoom(1 / STEP);
      else if (event.key === "0") this.show(this.whole);
      else return;
      event.preventDefault();
    }

    drag(event) {
      const before = this.fingers.get(event.pointerId);
      if (!before) return;
      const other = [...this.fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
      const apart = (one, two) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (other) {
        this.zoom(apart(event, other) / Math.max(apart(before, other), 1), this.under(other), false);
      } else if (this.scale > 1.01 && apart(event, before) > 2) {
        const [from, to] = [this.under(before), this.under(event)];
        this.show({ ...this.view, x: this.view.x + from.x - to.x, y: this.view.y + from.y - to.y }, false);
      } else return;
      this.dragged = true;
      this.fingers.set(event.pointerId, event);
    }

    reveal(link) {
      const [, x, y] = /M(\S+) (\S+?)h/.exec(link?.querySelector("path")?.getAttribute("d") ?? "") ?? [];
      if (x === undefined) return;
      const { width, height } = this.view;
      const away = { x: x - this.middle.x, y: y - this.middle.y };
      const isIn = Math.abs(away.x) < width / 2 && Math.abs(away.y) < height / 2;
      if (!isIn) this.show({ x: x - width / 2, y: y - height / 2, width });
    }
  },
);
