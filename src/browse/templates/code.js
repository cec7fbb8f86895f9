(function () {
  "use strict";
  var keys = { r: "label-right", d: "label-doubtful", w: "label-wrong", ArrowLeft: "previous", ArrowRight: "next", n: "open" };
  document.addEventListener("keydown", function (event) {
    if (event.target.tagName === "INPUT" || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var target = keys[event.key] && document.getElementById(keys[event.key]);
    if (target) { event.preventDefault(); target.click(); }
  });
})();
