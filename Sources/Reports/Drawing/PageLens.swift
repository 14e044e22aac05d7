extension Page {
  /// Where scripts run, a click on the picture of a figure, or Enter on it, shows it as large as the
  /// window; the arrow keys go on to the next, and Escape closes it. Without scripts nothing is lost:
  /// browsers enlarge whole pages.
  static let lens = HTML.script(
    """

    "use strict";
    const figures = [...document.querySelectorAll("figure > img")];
    const lens = document.createElement("dialog"), large = new Image(), caption = document.createElement("p");
    let shown = 0;
    lens.className = "lens";
    lens.append(large, caption);
    document.body.append(lens);

    function show(place) {
      shown = (place + figures.length) % figures.length;
      large.src = figures[shown].src;
      large.alt = figures[shown].alt;
      caption.textContent = figures[shown].alt;
    }

    for (const [place, picture] of figures.entries()) {
      picture.tabIndex = 0;
      picture.setAttribute("role", "button");
      picture.setAttribute("aria-label", "Enlarge: " + picture.alt);
      const open = () => { show(place); lens.showModal(); };
      picture.addEventListener("click", open);
      picture.addEventListener("keydown", event => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      });
    }
    lens.addEventListener("click", () => lens.close());
    lens.addEventListener("close", () => figures[shown].focus());
    lens.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show(shown + step);
    });
    """)
}
