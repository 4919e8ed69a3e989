// Shows the data of a run. What a charm said is only ever set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const GUTTER = 84, HEAD = 44, PLAIN_ROW = 30, SAID_ROW = 50, BETWEEN_ROW = 28;

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }
  function svg(name, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }
  const px = (node, places) => {
    for (const [key, value] of Object.entries(places)) node.style[key] = `${value}px`;
    return node;
  };
  const milliseconds = (ms) =>
    ms >= 10000 ? `${(ms / 1000).toFixed(0)} s` : ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
  const modelTime = (moment) => {
    const part = (n) => String(n).padStart(2, "0");
    const whole = Math.floor(moment / 1000);
    return `${Math.floor(whole / 3600)}:${part(Math.floor(whole / 60) % 60)}:${part(whole % 60)}`;
  };
  const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  // A status is a word and maybe a message.
  const KNOWN = ["active", "waiting", "maintenance", "blocked", "error", "unknown", "terminated"];
  function status(text) {
    const at = text.indexOf(" ");
    const word = at < 0 ? text : text.slice(0, at);
    return { word, message: at < 0 ? "" : text.slice(at + 1), class: KNOWN.includes(word) ? `s-${word}` : "s-unknown" };
  }
  const dot = () => el("span", { class: "dot", "aria-hidden": "true" });

  // Where everything is.
  const rows = data.rows;
  const hooks = rows.filter((row) => row.row === "hook");
  const unitIndex = new Map(data.units.map((unit, index) => [unit.name, index]));
  for (const hook of hooks) {
    if (!unitIndex.has(hook.unit)) {
      unitIndex.set(hook.unit, data.units.length);
      data.units.push({ name: hook.unit, status: null });
    }
  }
  const laneWidth = data.units.length <= 2 ? 330 : data.units.length <= 4 ? 270 : 220;
  const laneLeft = (unit) => GUTTER + unitIndex.get(unit) * laneWidth;
  const ownStatus = (row) => (row.changes || []).filter((c) => c.kind === "status" && c.what === row.unit && c.new !== null);
  let height = 6;
  for (const row of rows) {
    row.top = height;
    if (row.row === "hook") {
      const said = ownStatus(row);
      row.said = said.length ? said[said.length - 1].new : null;
      row.height = row.said ? SAID_ROW : PLAIN_ROW;
    } else {
      row.words = sentences(row.changes);
      row.height = row.words.length ? BETWEEN_ROW : 0;
    }
    height += row.height;
  }
  height += 12;
  for (const deferral of data.deferrals) {
    (hooks[deferral.from].defers ||= []).push(deferral);
    if (deferral.to !== null) (hooks[deferral.to].handles ||= []).push(deferral);
  }

  /** What happened between hooks, as a reader would tell it. */
  function sentences(changes) {
    const words = [];
    // With an application come and go its units and relations: that needs no words.
    const begins = (old, now) => old === null && now !== null;
    const ends = (old, now) => now !== null && /(^| )dying$/.test(now) && !(old !== null && /(^| )dying$/.test(old));
    const of = (unit) => unit.split("/")[0];
    const apps = changes.filter((c) => c.kind === "application");
    const deployed = apps.filter((c) => begins(c.old, c.new)).map((c) => c.what);
    const removed = apps.filter((c) => ends(c.old, c.new) || c.new === null).map((c) => c.what);
    const units = (application) => changes.filter((c) => c.kind === "unit" && begins(c.old, c.new) && of(c.what) === application).length;
    const touches = (relation, names) => names.some((name) => relation.includes(`(${name}:`) || relation.includes(` ${name}:`));
    const say = (by, text) => {
      if (!words.some((other) => other.by === by && other.text === text)) words.push({ by, text });
    };
    for (const { kind, by, what, key, old, new: now } of changes) {
      const dying = ends(old, now);
      if (kind === "unit" && (deployed.includes(of(what)) || removed.includes(of(what)))) continue;
      if (kind === "relation" && old !== null && touches(what, removed)) continue;
      if (kind === "relation" && old === null && !what.includes(" – ")) continue;
      if (kind === "application") say(by, old === null ? `deploy ${what}${units(what) === 1 ? "" : ` (${plural(units(what), "unit")})`}` : dying ? `remove ${what}` : now === null ? `${what} is gone` : `${what} runs ${now}`);
      else if (kind === "relation") say(by, old === null ? `integrate ${what.replace(/^relation \d+ \((.*)\)$/, "$1")}` : dying ? `remove ${what}` : now === null ? `${what} is gone` : `${what}: ${now}`);
      else if (kind === "unit") say(by, old === null ? `add ${what}` : dying ? `remove ${what}` : now === null ? `${what} is gone` : what);
      else if (kind === "option") say(by, now === null ? `reset ${what} ${key}` : `config ${what} ${key}=${now}`);
      else if (kind === "charm" && old !== null) say(by, `refresh ${what}`);
      else if (kind === "leader") say(by === "operator" ? "juju" : by, now === null ? `${what} has no leader` : `${now} leads ${what}`);
      else if (kind === "action" && old === null) say(by, now.replace(/^(\S+) (\S+) .*$/, "run $2 on $1"));
      else if (kind === "storage") say(by, now === null ? `storage ${what} is gone` : `storage ${what} for ${now.split(" ")[0]}`);
      else if (kind === "secret" && now === null) say(by, `secret ${what} is gone`);
    }
    return words;
  }

  // The head.
  const failed = hooks.filter((hook) => hook.end === "failed").length;
  const facts = [
    [hooks.length, hooks.length === 1 ? "hook" : "hooks"], [data.units.length, data.units.length === 1 ? "unit" : "units"],
    [failed, "failed"], [data.deferrals.length, "deferred"], [milliseconds(data.took), "in hooks"],
  ];
  const head = document.getElementById("head");
  head.append(
    el("span", { class: `pill ${data.failure ? "s-error" : "s-active"}` }, dot(), data.failure ? "failed" : "at rest"),
    el("p", { class: "facts" },
      ...facts.map(([n, word]) => el("span", {}, el("b", {}, String(n)), ` ${word}`)),
      el("span", {}, "Juju ", el("b", {}, data.juju)), el("span", {}, "seed ", el("b", {}, String(data.seed))),
      el("span", {}, new Date(data.written * 1000).toLocaleString())),
  );
  if (data.failure) head.append(el("p", { class: "failure", role: "alert" }, data.failure));

  // The timeline.
  const slowest = Math.max(1, ...hooks.map((hook) => hook.took));
  const table = el("div", { class: "rows", role: "group", "aria-label": "Hooks in the order in which they ran" });
  px(table, { height, minWidth: GUTTER + data.units.length * laneWidth });
  const lines = svg("svg", { class: "lines", width: GUTTER + data.units.length * laneWidth, height, "aria-hidden": "true" });
  table.append(lines);
  const buttons = [];
  let time = null;
  for (const row of rows) {
    if (!row.height) continue;
    const line = px(el("div", { class: "row late" }), { top: row.top, height: row.height });
    line.style.containIntrinsicSize = `auto ${row.height}px`;
    if (row.row === "hook") {
      const moved = time !== null && row.at !== time ? el("span", { title: `model time ${modelTime(row.at)}` }, `+${((row.at - time) / 1000).toFixed(0)} s `) : null;
      time = row.at;
      const wall = px(el("span", { class: "wall" }), { width: Math.max(1, (row.took / slowest) * 62) });
      line.append(el("div", { class: "gutter" }, moved, `#${row.number}`, wall));
      line.append(hookButton(row));
      if (row.said) {
        const said = status(row.said);
        const text = el("span", { class: "text" }, el("span", { class: "word" }, said.word), said.message ? ` ${said.message}` : "");
        line.append(px(el("div", { class: `said ${said.class}`, title: row.said, "aria-hidden": "true" }, dot(), text), { left: laneLeft(row.unit) + 24, width: laneWidth - 56 }));
      }
    } else {
      row.words.sort((one, other) => (one.by === other.by ? 0 : one.by === "operator" ? -1 : 1));
      const texts = row.words.map((word, at) => {
        const again = at > 0 && row.words[at - 1].by === word.by;
        return again ? ` · ${word.text}` : [at ? "  " : "", el("b", {}, word.by === "operator" ? "you" : "Juju"), ` ${word.text}`];
      });
      row.node = el("button", { class: `between ${row.words[0].by}`, tabindex: "-1" }, texts.flat());
      line.append(row.node);
    }
    row.line = line;
    row.node.addEventListener("click", () => pick(row));
    row.node.addEventListener("focus", () => { if (current !== row) pick(row); });
    buttons.push(row);
    table.append(line);
  }

  function hookButton(row) {
    const data_ = new Set(row.changes.filter((c) => c.kind === "databag" && c.by === "charm").map((c) => c.what + c.key)).size;
    const marks = [];
    if (row.attempt > 1) marks.push(el("span", { class: "mark fail", title: "a retry" }, `×${row.attempt}`));
    if (data_) marks.push(el("span", { class: "mark data", title: `${plural(data_, "databag key")} changed` }, `Δ${data_}`));
    if (row.defers) marks.push(el("span", { class: "mark defer", title: "deferred an event" }, "⤵"));
    if (row.handles) marks.push(el("span", { class: "mark defer", title: "handled a deferred event" }, "⤷"));
    const words = [`hook ${row.number}, ${row.unit} ${row.name}`, row.end === "ok" ? "" : row.end, row.attempt > 1 ? `attempt ${row.attempt}` : "",
      row.defers ? "deferred an event" : "", row.handles ? "handled a deferred event" : "", row.said ? `status ${row.said}` : "", milliseconds(row.took)];
    const label = words.filter(Boolean).join(", ");
    row.node = el("button", { class: `hook ${row.end}${row.action ? " action" : ""}`, tabindex: "-1", "aria-label": label, title: row.about || null, "data-hook": row.number },
      row.end === "failed" ? el("span", { "aria-hidden": "true" }, "✕") : null,
      el("span", { class: "name" }, row.name), ...marks, el("span", { class: "took" }, milliseconds(row.took)));
    return px(row.node, { left: laneLeft(row.unit) + 24, width: laneWidth - 56 });
  }

  // The lives of units: a line in the colour of the status, from the unit's coming to its going.
  const lives = new Map();
  function life(unit, y) {
    const known = lives.get(unit);
    if (known && y > known.y) {
      const x = laneLeft(unit) + 12;
      lines.append(svg("line", { class: `life ${known.class}`, x1: x, x2: x, y1: known.y, y2: y }));
    }
  }
  for (const row of rows) {
    for (const change of row.changes) {
      if (!unitIndex.has(change.what)) continue;
      const y = row.top + Math.min(row.height, PLAIN_ROW) / 2;
      if (change.kind === "status") {
        life(change.what, y);
        if (change.new === null) lives.delete(change.what);
        else lives.set(change.what, { y, class: status(change.new).class });
      }
    }
  }
  for (const unit of lives.keys()) life(unit, height);

  // Deferrals and retries, to the right of the hooks.
  function arrow(row, to, name, nth, title) {
    const x = laneLeft(row.unit) + laneWidth - 32, y1 = row.top + 15, y2 = to ? to.top + 15 : Math.min(row.top + 44, height);
    const out = x + 10 + (nth % 4) * 5;
    const bend = Math.min(10, Math.abs(y2 - y1) / 2);
    const end = to ? `Q ${out} ${y2} ${x + 5} ${y2}` : `L ${out} ${y2}`;
    lines.append(svg("path", { class: name, d: `M ${x} ${y1} Q ${out} ${y1} ${out} ${y1 + bend} L ${out} ${y2 - bend} ${end}` },
      (() => { const t = svg("title", {}); t.textContent = title; return t; })()));
    if (to) lines.append(svg("path", { class: `head ${name}`, d: `M ${x} ${y2} l 7 -4 l 0 8 z` }));
  }
  data.deferrals.forEach((deferral, nth) => {
    const to = deferral.to === null ? null : hooks[deferral.to];
    const kind = deferral.end === "waiting" ? "arrow waiting" : deferral.end === "handled" ? "arrow" : "arrow lost";
    arrow(hooks[deferral.from], to, kind, nth, `${deferral.event} deferred${to ? ` until #${to.number}` : ", still waiting"}`);
  });
  const before = new Map();
  for (const hook of hooks) {
    if (hook.attempt > 1 && before.has(hook.unit)) arrow(before.get(hook.unit), hook, "retry", 0, "tried again");
    if (hook.end === "failed" && !hook.action) before.set(hook.unit, hook);
  }

  const names = el("div", { class: "names" }, data.units.map((unit) => {
    const now = unit.status === null ? null : status(unit.status);
    return px(el("div", { title: now ? `${unit.name}: ${unit.status}` : `${unit.name}: removed` },
      el("div", { class: "unit" }, unit.name),
      el("div", { class: `now ${now ? now.class : "s-unknown"}` }, dot(), el("span", {}, now ? [now.word, now.message].filter(Boolean).join(" ") : "removed"))), { width: laneWidth });
  }));
  const scroll = el("div", { class: "card scroll", id: "timeline", tabindex: "-1" }, el("div", { class: "lanes" }, names, table));

  // The panel of one hook.
  const panel = el("section", { class: "card panel", id: "details", "aria-label": "Details", tabindex: "-1" });
  const split = el("div", { class: "split", id: "view-hooks", role: "tabpanel", "aria-labelledby": "tab-hooks" }, scroll, panel);
  let current = null;

  function pick(row, move) {
    if (current) {
      current.node.removeAttribute("aria-current");
      current.node.tabIndex = -1;
    }
    current = row;
    row.node.setAttribute("aria-current", "true");
    row.node.tabIndex = 0;
    if (move) {
      row.node.focus({ preventScroll: true });
      show(row);
    }
    split.classList.add("open");
    panel.hidden = false;
    panel.replaceChildren(...(row.row === "hook" ? hookDetails(row) : betweenDetails(row)));
    panel.scrollTop = 0;
    if (row.number) {
      try { history.replaceState(null, "", `#${row.number}`); } catch { /* where a page may not, it needn't */ }
    }
  }
  /** Scrolls so that a row is seen, below the names. */
  function show(row) {
    const box = scroll.scrollHeight > scroll.clientHeight + 1 ? scroll : document.scrollingElement;
    const top = box === scroll ? row.top : table.getBoundingClientRect().top + box.scrollTop + row.top - HEAD;
    const room = box.clientHeight - HEAD - row.height - 20;
    if (top < box.scrollTop) box.scrollTop = top - 10;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
    if (row.row === "hook") {
      const left = laneLeft(row.unit) - GUTTER;
      if (left < scroll.scrollLeft || left + laneWidth + GUTTER > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = left;
    }
  }
  const link = (hook, text) => el("button", { class: "link", onclick: () => pick(hook, true) }, text || `#${hook.number} ${hook.name}`);
  const value = (text, name) => (text === null ? el("td", { class: "none" }, "–") : el("td", { class: name }, text === "" ? "(empty)" : text));
  const who = { operator: "by you", juju: "by Juju", charm: "" };

  function hookDetails(row) {
    const at = buttons.indexOf(row);
    const step = (by, text, label) => {
      const other = buttons[at + by];
      return el("button", { disabled: !other, "aria-label": label, onclick: () => pick(other, true) }, text);
    };
    const result = row.end === "ok" ? "succeeded" : row.end === "missing" ? "the charm has no such hook" : row.end === "again" ? `${row.exit}: to be run again` : row.end === "running" ? "did not end" : row.failure;
    const list = [["Unit", row.unit], row.about ? ["About", row.about] : null, ["Result", el("span", { class: row.end === "failed" ? "failed" : "" }, result)],
      row.attempt > 1 ? ["Attempt", String(row.attempt)] : null, ["Took", `${milliseconds(row.took)}, ${milliseconds(row.start)} after the first hook`], ["Model time", modelTime(row.at)]];
    const nodes = [
      el("div", { class: "go" }, step(-1, "↑", "Previous"), step(1, "↓", "Next"), el("button", { class: "close", "aria-label": "Close", onclick: close }, "✕")),
      el("h2", {}, `#${row.number} ${row.name}`),
      el("dl", {}, list.filter(Boolean).flatMap(([term, words]) => [el("dt", {}, term), el("dd", {}, words)])),
    ];
    if (row.defers || row.handles) {
      nodes.push(el("h3", {}, "Deferred events"), el("ul", {},
        (row.defers || []).map((d) => el("li", {}, el("span", { class: "defer-text" }, "deferred "), d.event, d.handler ? ` for ${d.handler}` : "", d.reason ? `: ${d.reason}` : "",
          d.to === null ? " (still waiting at the end)" : [" → ", endWords(d), " ", link(hooks[d.to])])),
        (row.handles || []).map((d) => el("li", {}, el("span", { class: "defer-text" }, `${d.end === "handled" ? "handled" : d.end === "dropped" ? "dropped" : "gave up"} `), d.event, " of ", link(hooks[d.from])))));
    }
    nodes.push(...changeDetails(row.changes), el("h3", {}, "Log"), row.log.length ? logLines(row.log) : el("p", { class: "empty" }, "nothing was logged"));
    return nodes;
  }
  const endWords = (d) => (d.end === "handled" ? "handled in" : d.end === "dropped" ? "dropped in" : "given up in");

  function betweenDetails(row) {
    return [el("div", { class: "go" }, el("button", { class: "close", "aria-label": "Close", onclick: close }, "✕")),
      el("h2", {}, "Between hooks"), el("ul", {}, row.words.map((word) => el("li", {}, el("span", { class: "by" }, word.by === "operator" ? "you: " : "Juju: "), word.text))), ...changeDetails(row.changes)];
  }

  function changeDetails(changes) {
    const nodes = [];
    const of = (kind) => changes.filter((change) => change.kind === kind);
    if (of("status").length) {
      nodes.push(el("h3", {}, "Statuses"), el("ul", {}, of("status").map((change) => {
        const now = change.new === null ? null : status(change.new);
        return el("li", {}, `${change.what} `, now ? el("span", { class: now.class }, dot(), " ", el("b", {}, now.word)) : "gone", now && now.message ? ` ${now.message}` : "", " ", el("span", { class: "by" }, who[change.by]));
      })));
    }
    for (const [kind, title, head] of [["databag", "Databags", "Key"], ["option", "Options", "Option"]]) {
      const groups = new Map();
      for (const change of of(kind)) groups.set(change.what, [...(groups.get(change.what) || []), change]);
      if (groups.size) nodes.push(el("h3", {}, title));
      for (const [what, group] of groups) {
        nodes.push(el("table", {}, el("caption", {}, what, " ", el("span", { class: "by" }, who[group[0].by])),
          el("thead", {}, el("tr", {}, el("th", { scope: "col" }, head), el("th", { scope: "col" }, "Before"), el("th", { scope: "col" }, "After"))),
          el("tbody", {}, group.map((change) => el("tr", {}, el("td", {}, change.key), value(change.old, "old"), value(change.new, "new"))))));
      }
    }
    const others = changes.filter((change) => !["status", "databag", "option"].includes(change.kind) && !(change.kind === "charm" && change.old === null));
    if (others.length) {
      nodes.push(el("h3", {}, "Other changes"), el("ul", {}, others.map((change) =>
        el("li", {}, `${change.kind === "secret" ? "secret " : change.kind === "storage" ? "storage " : change.kind === "version" ? "workload version of " : change.kind === "leader" ? "leader of " : change.kind === "port" ? "port " : change.kind === "charm" ? "charm of " : ""}${change.what}: `,
          change.old === null ? el("span", { class: "new" }, change.new ? `new (${change.new})` : "new") : change.new === null ? el("span", { class: "old" }, "gone") : `${change.old || "there"} → ${change.new || "there"}`,
          " ", el("span", { class: "by" }, who[change.by])))));
    }
    return nodes;
  }

  const logLine = (line) => el("div", { class: `line ${line.level}`, title: line.module }, el("span", { class: "level" }, line.level), el("span", { class: "message" }, line.message));
  const logLines = (log) => el("div", { class: "log" }, log.map(logLine));

  function close() {
    if (matchMedia("(max-width: 70rem)").matches) {
      panel.hidden = true;
      split.classList.remove("open");
      if (current) current.node.focus();
    }
  }

  // The whole log.
  const LEVELS = ["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
  const whole = el("div", { class: "card scroll whole log", tabindex: "0", "aria-label": "Log" });
  const logView = el("div", { id: "view-log", role: "tabpanel", "aria-labelledby": "tab-log", hidden: true }, whole);
  const PAGE = 300;
  function showLog(from) {
    if (!from) whole.replaceChildren();
    let shown = 0;
    for (let at = from || 0; at < hooks.length; at++) {
      const hook = hooks[at];
      if (!matches(hook)) continue;
      const log = hook.log.filter((line) => LEVELS.indexOf(line.level) >= LEVELS.indexOf(level.value));
      if (!log.length) continue;
      if (shown >= PAGE) {
        whole.append(el("button", { class: "link", onclick: (event) => { event.target.remove(); showLog(at); } }, "show more"));
        return;
      }
      shown += log.length;
      whole.append(el("div", { class: "group" }, el("div", { class: "of" }, link(hook, `#${hook.number} ${hook.unit} ${hook.name}`)), log.map(logLine)));
      whole.lastChild.querySelector(".link").addEventListener("click", () => tab("hooks"));
    }
    if (!whole.childNodes.length) whole.append(el("p", { class: "empty" }, "no line of the log is like that"));
  }

  // Looking for hooks.
  const search = el("input", { type: "search", placeholder: "Find hook, unit, log, databag…", "aria-label": "Find", oninput: filter });
  const unit = el("select", { "aria-label": "Unit", onchange: filter }, el("option", { value: "" }, "all units"), data.units.map((known) => el("option", { value: known.name }, known.name)));
  const kind = el("select", { "aria-label": "Kind of hooks", onchange: filter },
    [["", "all hooks"], ["failed", "failed or retried"], ["databag", "changed databags"], ["status", "changed status"], ["deferred", "deferrals"], ["action", "actions"]].map(([value_, text]) => el("option", { value: value_ }, text)));
  const level = el("select", { "aria-label": "Least level", onchange: filter, hidden: true }, LEVELS.map((name) => el("option", { value: name, selected: name === "DEBUG" }, name === "TRACE" ? "all levels" : name)));
  const count = el("span", { class: "count", role: "status" });
  const kinds = {
    failed: (hook) => hook.end === "failed" || hook.attempt > 1,
    databag: (hook) => hook.changes.some((c) => c.kind === "databag" && c.by === "charm"),
    status: (hook) => hook.changes.some((c) => c.kind === "status"),
    deferred: (hook) => hook.defers || hook.handles,
    action: (hook) => hook.action,
  };
  function matches(hook) {
    if (unit.value && hook.unit !== unit.value) return false;
    if (kind.value && !kinds[kind.value](hook)) return false;
    const text = search.value.trim().toLowerCase();
    if (!text) return true;
    hook.text ||= [hook.unit, hook.name, hook.about, hook.failure, ...hook.changes.flatMap((c) => [c.what, c.key, c.old, c.new]), ...hook.log.map((line) => line.message)].join("\n").toLowerCase();
    return hook.text.includes(text);
  }
  function filter() {
    let found = 0;
    for (const row of buttons) {
      const match = row.row === "hook" ? matches(row) : !(search.value.trim() || kind.value || unit.value);
      row.line.classList.toggle("dim", !match);
      row.match = match;
      if (match && row.row === "hook") found++;
    }
    count.textContent = found === hooks.length ? plural(hooks.length, "hook") : `${found} of ${plural(hooks.length, "hook")}`;
    if (!logView.hidden) showLog();
  }
  function tab(name) {
    for (const button of [tabHooks, tabLog]) {
      const chosen = button.id === `tab-${name}`;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
    }
    split.hidden = name !== "hooks";
    logView.hidden = level.hidden = name !== "log";
    if (name === "log") showLog();
    else if (current) show(current);
  }
  const other = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const target = event.currentTarget === tabHooks ? tabLog : tabHooks;
    target.click();
    target.focus();
  };
  const tabHooks = el("button", { role: "tab", id: "tab-hooks", "aria-controls": "view-hooks", onclick: () => tab("hooks"), onkeydown: other }, "Hooks");
  const tabLog = el("button", { role: "tab", id: "tab-log", "aria-controls": "view-log", onclick: () => tab("log"), onkeydown: other }, "Log");

  // Keys.
  table.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(current);
    const seek = (step, fits) => {
      for (let i = at + step; i >= 0 && i < buttons.length; i += step) if (buttons[i].match && fits(buttons[i])) return buttons[i];
      return null;
    };
    const any = () => true, same = (row) => row.row === "hook" && row.unit === current.unit;
    const target = event.key === "ArrowDown" ? seek(1, any) : event.key === "ArrowUp" ? seek(-1, any)
      : event.key === "ArrowRight" ? seek(1, same) : event.key === "ArrowLeft" ? seek(-1, same)
      : event.key === "Home" ? buttons.find((row) => row.match) : event.key === "End" ? buttons.findLast((row) => row.match) : undefined;
    if (target === undefined) {
      if (event.key === "Enter") { event.preventDefault(); panel.hidden = false; panel.focus(); }
      return;
    }
    event.preventDefault();
    if (target) pick(target, true);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    if (current) current.node.focus();
  });

  const bar = el("div", { class: "bar" }, el("div", { class: "tabs", role: "tablist" }, tabHooks, tabLog), search, unit, kind, level, count);
  const app = document.getElementById("app");
  app.append(bar, split, logView);
  app.hidden = false;
  document.getElementById("plain").hidden = true;
  tab("hooks");
  filter();
  panel.append(el("h2", {}, "No hook is chosen"), el("p", { class: "keys" }, "Choose one with the mouse, or go through them with ", el("kbd", {}, "↑"), " ", el("kbd", {}, "↓"), "; ",
    el("kbd", {}, "←"), " ", el("kbd", {}, "→"), " stay with the unit, ", el("kbd", {}, "Enter"), " leads here and ", el("kbd", {}, "Esc"), " back."));
  const wanted = buttons.find((row) => row.number && `#${row.number}` === location.hash) || buttons.find((row) => row.end === "failed");
  if (wanted) { pick(wanted); show(wanted); } else if (buttons.length) buttons[0].node.tabIndex = 0;
  if (!wanted && matchMedia("(max-width: 70rem)").matches) panel.hidden = true;
})();
