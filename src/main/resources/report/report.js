// Draws the charts; everything else in the page works without it.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const inks = ["one", "two", "three", "four", "six", "five"];
  const plots = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function written(unit, value) {
    if (value == null) return "–";
    if (unit === "share") return (100 * value).toFixed(1) + " %";
    return value >= 100 ? Math.round(value).toString() : value.toFixed(1);
  }

  function axes(chart) {
    const unit = chart.unit;
    const look = {
      stroke: colour("soft"),
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1, size: 4 },
      font: "12px system-ui, sans-serif"
    };
    const tick = unit === "share" ? (v) => Number((100 * v).toFixed(1)) + " %" : (v) => v.toLocaleString("en");
    const sides = { ...look, size: 52, values: (u, ticks) => ticks.map((v) => (v == null ? "" : tick(v))) };
    // never finer than seconds
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200];
    const whole = [1, 2, 7, 14, 28, 56, 112].map((n) => n * 86400);
    return [{ ...look, space: 70, incrs: steps.concat(whole), values: (u, ticks) => ticks.map((t) => short(t, chart)) }, sides];
  }

  function options(chart, width) {
    const series = [{ value: (u, v) => (v == null ? "–" : time(v, chart)) }];
    const values = [chart.times];
    const bands = [];
    chart.lines.forEach((line, i) => {
      const ink = colour(inks[i % inks.length]);
      const dash = i < inks.length ? [] : [6, 4];
      series.push({
        label: line.name,
        stroke: ink,
        width: 2,
        dash: dash,
        points: { show: chart.times.length <= 40, size: 6, fill: ink },
        value: (u, v) => written(chart.unit, v)
      });
      values.push(line.values);
      if (line.low) {
        const at = series.length;
        series.push({ label: line.name + ", upper", class: "edge", stroke: "transparent", points: { show: false }, value: (u, v) => written(chart.unit, v) });
        series.push({ label: line.name + ", lower", class: "edge", stroke: "transparent", points: { show: false }, value: (u, v) => written(chart.unit, v) });
        values.push(line.high, line.low);
        bands.push({ series: [at, at + 1], fill: ink + "2e" });
      }
    });
    const range = chart.unit === "share" ? share(chart) : (u, low, high) => [0, high > 0 ? high * 1.1 : 1];
    return {
      values: values,
      options: {
        width: width,
        height: 190,
        tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), data.zone),
        cursor: { y: false, points: { size: 7 } },
        legend: { live: true },
        scales: { y: { range: range } },
        axes: axes(chart),
        series: series,
        bands: bands
      }
    };
  }

  function share(chart) {
    const all = chart.lines.flatMap((line) => (line.high || line.values).filter((v) => v != null));
    const top = Math.max(0.01, ...all);
    return [0, top > 0.5 ? 1 : Math.min(1, top * 1.15)];
  }

  function days(chart) {
    return chart.times[chart.times.length - 1] - chart.times[0] > 86400;
  }

  function short(seconds, chart) {
    const form = days(chart) ? { month: "short", day: "numeric" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (!days(chart) && seconds % 60 !== 0) form.second = "2-digit";
    return new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, ...form }).format(new Date(seconds * 1000));
  }

  function time(seconds, chart) {
    const form = days(chart)
      ? { timeZone: data.zone, year: "numeric", month: "short", day: "numeric" }
      : { timeZone: data.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
    return new Intl.DateTimeFormat("en-GB", form).format(new Date(seconds * 1000));
  }

  // As wide as fits on A4 and on letter paper.
  const PAPER = 620;
  let printing = false;

  function draw() {
    plots.splice(0).forEach((plot) => plot.destroy());
    document.querySelectorAll(".chart").forEach((figure) => (figure.hidden = false));
    data.charts.forEach((chart, i) => {
      const place = document.getElementById("chart-" + i);
      const made = options(chart, printing ? PAPER : Math.max(240, place.clientWidth));
      const plot = new uPlot(made.options, made.values, place);
      plot.root.ariaHidden = "true"; // the picture has a name, and the table below all figures
      plots.push(plot);
    });
  }

  let waiting = 0;
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  }

  draw();
  addEventListener("resize", later);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  // The page is laid out for paper only after this, too late to ask for its colours.
  function print(begins) {
    printing = begins;
    document.documentElement.classList.toggle("printing", begins);
    draw();
  }
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
})();
