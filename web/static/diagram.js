/* Draws the diagram of a case, marks its steps, and leads into called diagrams. */
(function () {
  "use strict";

  var place = document.querySelector("[data-diagram]");
  var marks = document.querySelector("[data-marks]");
  var failed = document.querySelector("[data-failed]");
  if (!place || !window.BpmnJS) {
    return;
  }
  var LEAST_SCALE = 0.8;
  var EDGE = 24;
  var TALLEST = 560;
  var SHORTEST = 260;
  var viewer = new window.BpmnJS({
    container: place,
    textRenderer: {
      defaultStyle: {
        fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
        fontSize: "12px",
      },
      externalStyle: { fontSize: "11px" },
    },
  });

  function each(query, act) {
    Array.prototype.forEach.call(marks.querySelectorAll(query), act);
  }

  function mark() {
    var canvas = viewer.get("canvas");
    var overlays = viewer.get("overlays");
    var registry = viewer.get("elementRegistry");
    each("[data-mark]", function (item) {
      if (registry.get(item.dataset.element)) {
        canvas.addMarker(item.dataset.element, item.dataset.mark);
      }
    });
    each("[data-badge]", function (item) {
      var element = registry.get(item.dataset.element);
      if (!element) {
        return;
      }
      var who = item.querySelector(".badge-who");
      var state = item.querySelector(".badge");
      var isDone = item.dataset.badge === "done";
      overlays.add(element, { position: { top: -20, left: 0 }, html: who });
      overlays.add(element, {
        position: isDone ? { top: -10, right: 14 } : { bottom: 12, left: 6 },
        html: state,
      });
    });
  }

  /* Wide diagrams are shown large enough to be read, from where the case is. */
  function fit() {
    viewer.get("canvas").zoom("fit-viewport", "auto");
  }

  function look() {
    var canvas = viewer.get("canvas");
    var whole = canvas.viewbox().inner;
    var width = place.clientWidth;
    var scale = Math.max(LEAST_SCALE, Math.min(1, width / (whole.width + 2 * EDGE)));
    var height = Math.min((whole.height + 2 * EDGE) * scale, TALLEST);
    place.style.height = Math.max(height, SHORTEST) + "px";
    canvas.resized();
    var seen = { width: width / scale, height: place.clientHeight / scale };
    var at = standing() || { x: whole.x, y: whole.y, width: 0, height: 0 };
    seen.x = between(at.x + at.width / 2 - seen.width / 2, whole.x, whole.width, seen.width);
    seen.y = between(at.y + at.height / 2 - seen.height / 2, whole.y, whole.height, seen.height);
    canvas.viewbox(seen);
  }

  function between(wanted, start, length, seen) {
    var most = start + length + EDGE - seen;
    return Math.max(start - EDGE, Math.min(wanted, most));
  }

  function standing() {
    var item = marks.querySelector('[data-mark="late"], [data-mark="active"]');
    return item && viewer.get("elementRegistry").get(item.dataset.element);
  }

  function leads() {
    var calls = {};
    each("[data-calls]", function (item) {
      calls[item.dataset.element] = item.dataset.calls;
      viewer.get("canvas").addMarker(item.dataset.element, "calls");
    });
    viewer.get("eventBus").on("element.click", function (event) {
      var address = calls[event.element.id];
      if (address) {
        window.location.assign(address);
      }
    });
  }

  function save(name) {
    viewer.saveSVG().then(function (result) {
      var link = document.createElement("a");
      link.href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(result.svg);
      link.download = name;
      link.click();
    });
  }

  function offer(query, act) {
    var button = document.querySelector(query);
    button.hidden = false;
    button.addEventListener("click", act);
  }

  fetch(place.dataset.diagram, { credentials: "same-origin" })
    .then(function (answer) {
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      return answer.text();
    })
    .then(function (xml) {
      return viewer.importXML(xml);
    })
    .then(function () {
      mark();
      leads();
      look();
      offer("[data-fit]", fit);
      offer("[data-save]", function (event) {
        save(event.currentTarget.dataset.save);
      });
    })
    .catch(function () {
      failed.hidden = false;
    });
})();
