import Reports

extension AuditPage {
  /// What a page can do where scripts run: heads sort, a form filters, links open what they lead to,
  /// and everything is open on paper.
  static let script = HTML.script(
    """

    "use strict";
    for (const piece of document.querySelectorAll("th button, form.filter")) piece.hidden = false;

    const inOrder = new Intl.Collator(undefined, { numeric: true });

    // A cell without a number comes last, whichever way the others are sorted.
    function key(row, column) {
      const cell = row.cells[column], number = cell.dataset.number;
      if (number === undefined) return cell.textContent;
      return number === "" ? NaN : Number(number);
    }

    function sort(head) {
      const rises = head.ariaSort !== "ascending", sign = rises ? 1 : -1;
      for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", rises ? "ascending" : "descending");
      const body = head.closest("table").tBodies[0];
      const rows = [...body.rows].map(row => [key(row, head.cellIndex), row]);
      rows.sort(([a], [b]) => typeof a === "string"
        ? sign * inOrder.compare(a, b)
        : isNaN(a) || isNaN(b) ? isNaN(a) - isNaN(b) : sign * (a - b));
      body.append(...rows.map(([, row]) => row));
    }

    for (const button of document.querySelectorAll("th button")) {
      button.addEventListener("click", () => sort(button.closest("th")));
    }

    for (const form of document.querySelectorAll("form.filter")) {
      const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows];
      const wanted = form.querySelector("input"), verdict = form.querySelector("select");
      function filter() {
        const words = wanted.value.trim().toLocaleLowerCase();
        for (const row of rows) {
          row.hidden = !row.textContent.toLocaleLowerCase().includes(words)
            || verdict.value !== "" && row.dataset.verdict !== verdict.value;
        }
        const left = rows.filter(row => !row.hidden).length;
        form.querySelector("output").textContent = left + " of " + rows.length
          + (rows.length === 1 ? " pair" : " pairs");
      }
      form.addEventListener("input", filter);
      form.addEventListener("submit", event => event.preventDefault());
      filter();
    }

    function openTarget() {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      for (let piece = target; piece; piece = piece.parentElement) {
        if (piece.tagName === "DETAILS") piece.open = true;
      }
      target.scrollIntoView();
    }
    addEventListener("hashchange", openTarget);
    // The same link once more is no change.
    document.addEventListener("click", event => {
      if (event.target.closest("a[href^='#']")) setTimeout(openTarget);
    });
    openTarget();

    // Paper is as wide as so many classes; the others come below, with the attributes once more.
    const across = 16;

    function pieces(table) {
      const count = table.rows[0].cells.length - 1;
      return Array.from({ length: Math.ceil(count / across) }, (_, index) => {
        const piece = table.cloneNode(true), first = 1 + index * across;
        for (const row of piece.rows) {
          [...row.cells].forEach((cell, column) => {
            if (column > 0 && (column < first || column >= first + across)) cell.remove();
          });
        }
        return piece;
      });
    }

    let restore = [];
    addEventListener("beforeprint", () => {
      for (const piece of document.querySelectorAll("details:not([open])")) {
        piece.open = true;
        restore.push(() => piece.open = false);
      }
      for (const table of document.querySelectorAll(".matrix")) {
        if (table.rows[0].cells.length - 1 <= across) continue;
        const onPaper = pieces(table);
        table.replaceWith(...onPaper);
        restore.push(() => {
          onPaper[0].before(table);
          for (const piece of onPaper) piece.remove();
        });
      }
    });
    addEventListener("afterprint", () => {
      for (const step of restore) step();
      restore = [];
    });

    """)
}
