/* Draws the large charts again with ECharts, so that one can point at a place.
   Without script, in print and in an old browser the drawing of the server stays. */
(function () {
  "use strict";

  if (!window.echarts || !window.ResizeObserver) {
    return;
  }
  var TONES = ["#3b7ddd", "#2f9e54", "#b97500", "#c0392b", "#5b3aa0", "#5b6675"];
  var BAD = "逾期";
  var ROW = 34;
  var HEAD = 56;
  var FONT =
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

  function bar(name, values, n) {
    return {
      name: name,
      type: "bar",
      data: values,
      barMaxWidth: 26,
      itemStyle: { color: name === BAD ? TONES[3] : TONES[n] },
      label: { show: true, position: "outside" },
    };
  }

  function across(told) {
    var series = told.series.map(function (row, n) {
      var one = bar(row[0], row[1], n);
      one.label = { show: false };
      return one;
    });
    if (series.length > 1) {
      series[1].type = "line";
    }
    return {
      grid: { left: 8, right: 12, top: 44, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: told.labels },
      yAxis: { type: "value", minInterval: 1 },
      series: series,
    };
  }

  function down(told) {
    return {
      grid: { left: 8, right: 40, top: 44, bottom: 8, containLabel: true },
      xAxis: { type: "value" },
      yAxis: { type: "category", inverse: true, data: told.labels },
      series: told.series.map(function (row, n) {
        var one = bar(row[0], row[1], n);
        one.label.position = "right";
        return one;
      }),
    };
  }

  function ring(told) {
    var parts = told.labels.map(function (label, n) {
      return { name: label, value: told.series[0][1][n] };
    });
    return {
      series: [
        {
          name: told.series[0][0],
          type: "pie",
          radius: ["42%", "66%"],
          center: ["50%", "58%"],
          color: TONES,
          data: parts.filter(function (part) {
            return part.value;
          }),
          label: { formatter: "{b}\n{c}（{d}%）" },
        },
      ],
    };
  }

  var SORTS = { columns: across, rows: down, ring: ring };

  function draw(plot) {
    var told = JSON.parse(plot.dataset.chart);
    var place = document.createElement("div");
    place.className = "drawn";
    plot.appendChild(place);
    var height = told.sort === "rows" ? HEAD + ROW * told.labels.length : 300;
    var chart = window.echarts.init(place, null, {
      renderer: "svg",
      height: Math.max(height, 160),
    });
    var option = SORTS[told.sort](told);
    option.animation = false;
    option.textStyle = { fontFamily: FONT };
    option.legend = { top: 8, show: told.series.length > 1 };
    option.tooltip = { renderMode: "richText", confine: true };
    option.tooltip.trigger = told.sort === "ring" ? "item" : "axis";
    option.aria = { enabled: true, label: { description: plot.dataset.title + "，数据见下表" } };
    chart.setOption(option);
    place.setAttribute("role", "img");
    plot.classList.add("is-drawn");
    new ResizeObserver(function () {
      chart.resize();
    }).observe(plot);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-chart]"), draw);
})();
