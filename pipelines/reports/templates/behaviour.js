// Sorting and filtering of tables; nothing else. The page reads the same without it.
(function () {
  "use strict";
  var lang = document.documentElement.lang;
  function value(row, column) {
    var cell = row.cells[column];
    if (cell.dataset.v === undefined) return cell.textContent.trim();
    return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  }
  function compare(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), lang);
  }
  document.querySelectorAll("table.sortable th button").forEach(function (button) {
    button.addEventListener("click", function () {
      var head = button.parentElement, body = head.closest("table").tBodies[0];
      var first = head.classList.contains("num") ? "descending" : "ascending";
      var order = head.getAttribute("aria-sort") === "none" ? first
        : head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      head.parentElement.querySelectorAll("[aria-sort]").forEach(function (th) { th.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", order);
      var sign = order === "ascending" ? 1 : -1;
      Array.from(body.rows).map(function (row) { return [value(row, head.cellIndex), row]; }).sort(function (a, b) {
        if (a[0] === null || b[0] === null) return (a[0] === null) - (b[0] === null);  // hidden counts stay last
        return sign * compare(a[0], b[0]);
      }).forEach(function (pair) { body.appendChild(pair[1]); });
    });
  });
  function plain(text) {  // what a person types: Arabic letters, half-spaces and capitals make no difference
    return text.replace(/ي/g, "ی").replace(/ك/g, "ک").replace(/[آأإ]/g, "ا").replace(/[\s\u200c]/g, "").toLowerCase();
  }
  document.querySelectorAll("input[data-filter]").forEach(function (input) {
    var table = document.getElementById(input.dataset.filter), none = table.parentElement.nextElementSibling;
    input.addEventListener("input", function () {
      var wanted = plain(input.value), left = 0;
      Array.from(table.tBodies[0].rows).forEach(function (row) {
        row.hidden = plain(row.cells[0].textContent).indexOf(wanted) < 0;
        if (!row.hidden) left += 1;
      });
      none.hidden = left > 0;
    });
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
})();
