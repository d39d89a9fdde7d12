/* Makes pages quicker, never possible: everything here also works without it. */
(function () {
  "use strict";

  var body = document.body;
  var user = body.dataset.user;
  var warnMinutes = 5;
  var all = function (query, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(query));
  };
  var one = function (query, root) {
    return (root || document).querySelector(query);
  };

  /* ----- what needs script to be useful becomes visible ----- */
  all("[data-keys], [data-show], [data-print]").forEach(function (item) {
    item.hidden = false;
  });
  all("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });
  all("[data-show]").forEach(function (button) {
    button.addEventListener("click", function () {
      var box = document.getElementById(button.dataset.show);
      var shown = box.type === "text";
      box.type = shown ? "password" : "text";
      button.textContent = shown ? "显示密码" : "隐藏密码";
      button.setAttribute("aria-pressed", String(!shown));
    });
  });
  all("[data-insert]").forEach(function (button) {
    button.addEventListener("click", function () {
      var box = document.getElementById(button.dataset.insert);
      box.setRangeText(button.dataset.words, box.selectionStart, box.selectionEnd, "end");
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  var summary = one("[data-focus]");
  if (summary) {
    summary.focus();
  }
  document.addEventListener("click", function (event) {
    all("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });

  /* ----- a row of tabs too long for the screen shows the present one ----- */
  all(".tabs [aria-current]").forEach(function (tab) {
    var row = tab.parentNode;
    var middle = (row.clientWidth - tab.offsetWidth) / 2;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - middle;
  });

  /* ----- questions that depend on other answers ----- */
  function answerOf(form, name) {
    return all('[name="' + name + '"]', form)
      .filter(function (box) {
        return (box.type !== "radio" && box.type !== "checkbox") || box.checked;
      })
      .map(function (box) {
        return box.value;
      });
  }
  function showQuestions(form) {
    all("[data-when]", form).forEach(function (field) {
      var holds = field.dataset.when.split(";").every(function (part) {
        var cut = part.indexOf("=");
        var wanted = part.slice(cut + 1).split(",");
        var given = answerOf(form, part.slice(0, cut));
        return (given.length ? given : [""]).some(function (value) {
          return wanted.indexOf(value) >= 0;
        });
      });
      var filled = all("input, textarea, select", field).some(function (box) {
        return box.type === "radio" || box.type === "checkbox" ? box.checked : box.value;
      });
      field.hidden = !holds && !filled && !field.classList.contains("wrong");
    });
  }

  /* ----- drafts, unsaved guard, one submit ----- */
  var dirty = null;
  function draftKey(form) {
    return "draft:" + user + ":" + form.dataset.draft;
  }
  function keeps(box) {
    return box.name && !/^(hidden|file|password|submit)$/.test(box.type);
  }
  function readForm(form) {
    var kept = {};
    all("input, textarea, select", form).filter(keeps).forEach(function (box) {
      var ticks = box.type === "radio" || box.type === "checkbox";
      if (!ticks || box.checked) {
        kept[box.name] = (kept[box.name] || []).concat(box.value);
      }
    });
    return kept;
  }
  function writeForm(form, kept) {
    all("input, textarea, select", form).filter(keeps).forEach(function (box) {
      var values = kept[box.name] || [];
      if (box.type === "radio" || box.type === "checkbox") {
        box.checked = values.indexOf(box.value) >= 0;
      } else if (values.length) {
        box.value = values[0];
      }
    });
  }
  function tell(form, words) {
    var line = one("[data-saved]", form) || one("[data-saved]");
    if (line) {
      line.textContent = words;
    }
  }
  function clock(at) {
    var two = function (number) {
      return ("0" + number).slice(-2);
    };
    return two(at.getHours()) + ":" + two(at.getMinutes());
  }
  function keepDraft(form) {
    try {
      var draft = { at: Date.now(), kept: readForm(form) };
      localStorage.setItem(draftKey(form), JSON.stringify(draft));
      tell(form, "草稿已保存 " + clock(new Date()));
    } catch (full) {
      tell(form, "草稿未能保存在本机，请及时提交");
    }
  }
  function bringDraft(form) {
    var draft = JSON.parse(localStorage.getItem(draftKey(form)) || "null");
    if (!draft || one(".error-summary")) {
      return;
    }
    if (sessionStorage.getItem("sent") === draftKey(form)) {
      return; // it was sent, and this is the next page of the same form
    }
    writeForm(form, draft.kept);
    tell(form, "已恢复 " + clock(new Date(draft.at)) + " 的草稿");
  }
  function forgetSent() {
    var sent = sessionStorage.getItem("sent");
    var open = all("form[data-draft]").map(draftKey);
    if (sent && open.indexOf(sent) < 0 && user && !one(".problem")) {
      localStorage.removeItem(sent);
    }
    sessionStorage.removeItem("sent");
  }
  all("form[data-draft]").forEach(function (form) {
    var timer = 0;
    bringDraft(form);
    form.addEventListener("input", function () {
      dirty = form;
      clearTimeout(timer);
      timer = setTimeout(keepDraft, 800, form);
    });
  });
  forgetSent();
  all("form").forEach(function (form) {
    showQuestions(form);
    form.addEventListener("change", function () {
      showQuestions(form);
    });
    form.addEventListener("submit", function () {
      dirty = null;
      if (form.dataset.draft) {
        keepDraft(form);
        sessionStorage.setItem("sent", draftKey(form));
      }
      setTimeout(function () {
        all("button", form).forEach(function (button) {
          button.disabled = true;
          button.classList.add("busy");
        });
      });
    });
  });
  window.addEventListener("pageshow", function () {
    all("button.busy").forEach(function (button) {
      button.disabled = false;
      button.classList.remove("busy");
    });
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty) {
      keepDraft(dirty);
      event.preventDefault();
      event.returnValue = "";
    }
  });
  all("form[data-leave]").forEach(function (form) {
    form.addEventListener("submit", function () {
      Object.keys(localStorage).forEach(function (key) {
        if (key.indexOf("draft:" + user + ":") === 0) {
          localStorage.removeItem(key);
        }
      });
    });
  });

  /* ----- warning before the session ends ----- */
  var idle = one("#idle");
  function watchIdle() {
    var seconds = Number(body.dataset.idle);
    if (idle && idle.showModal && seconds) {
      setTimeout(idle.showModal.bind(idle), (seconds - warnMinutes * 60) * 1000);
    }
  }
  if (idle) {
    watchIdle();
    idle.addEventListener("close", function () {
      fetch(idle.dataset.extend, {
        method: "POST",
        headers: { "X-CSRFToken": body.dataset.token },
      }).then(watchIdle);
    });
  }

  /* ----- keys ----- */
  var list = one("#keys");
  var off = "keys-off";
  var before = "";
  var row = -1;
  var places = { h: "/", d: "/inbox", c: "/cases?by=me" };
  function openKeys() {
    if (list && list.showModal && !list.open) {
      list.showModal();
    }
  }
  all("[data-keys]").forEach(function (button) {
    button.addEventListener("click", openKeys);
  });
  all("[data-keys-on]").forEach(function (box) {
    box.checked = !localStorage.getItem(off);
    box.addEventListener("change", function () {
      box.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "1");
    });
  });
  function go(place) {
    var link = one('.side a[href$="' + place + '"]');
    if (link) {
      link.click();
    }
  }
  function move(by) {
    var rows = all(".table tbody tr").filter(function (item) {
      return one("a", item);
    });
    row = Math.max(0, Math.min(rows.length - 1, row + by));
    if (rows[row]) {
      one("a", rows[row]).focus();
    }
  }
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.isComposing || event.defaultPrevented) {
      return;
    }
    if (event.key === "Enter" && event.ctrlKey) {
      var act = one(".button.primary", at.form || document);
      if (act) {
        act.click();
      }
      return;
    }
    if (event.key === "Escape") {
      all("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        one("summary", menu).focus();
      });
    }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    var plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (typing || !plain || localStorage.getItem(off) || one("dialog[open]")) {
      return;
    }
    if (before === "g" && places[event.key]) {
      go(places[event.key]);
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "/" && one('input[type="search"]')) {
      event.preventDefault();
      one('input[type="search"]').focus();
    } else if (event.key === "?") {
      openKeys();
    }
    before = event.key;
  });
})();
