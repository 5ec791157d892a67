"""Draws the charts of Benchmarks/charts/main.swift with matplotlib: the same data, texts and size.

   charts.py COUNT FOLDER

One figure is kept and cleared for each chart, and nothing is drawn twice (no tight layout), which is
how one draws many charts fast with it.
"""
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

REGIONS = ["West", "Central", "East", "South", "Iberia", "Nordics", "Benelux", "France", "Italy",
           "Austria", "Germany North", "Germany South"]
MONTHS = ["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan"]
BLUE, GREY = "#0072B2", "#8F959F"
SERIES = [BLUE, "#D55E00", "#009E73", "#CC79A7"]
# The heights of Cadastre's charts of the four kinds, in pixels at 1×.
HEIGHTS = [405, 323, 333, 347]


def numbers(seed):
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def money(number, _=None):
    tenths = round(number / 100)
    if tenths >= 10000:
        return f"${tenths // 10000}.{tenths % 10000 // 1000} M"
    return f"${tenths // 10}.{tenths % 10} k"


def draw(figure, index):
    source = numbers(index)
    take = lambda count: [next(source) * 2_000_000 for _ in range(count)]
    height = HEIGHTS[index % 4]
    figure.clear()
    figure.set_size_inches(4.8, height / 100)
    figure.text(.03, 1 - 28 / height, f"Chart {index} says that West won more than Central and East "
                "together.", size=8.6, weight="bold", color="#1B1E23")
    figure.text(.03, 1 - 47 / height, "Won deals", size=8.6, weight="bold", color="#1B1E23")
    figure.text(.03, 1 - 62 / height, "US dollars, 1 February to 20 November 2026", size=7.9,
                color="#565C66")
    axes = figure.add_axes((.2 if index % 4 == 0 else .12, .1, .68, 1 - (.1 + 100 / height)))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=7.9, labelcolor="#565C66")
    kind = index % 4
    if kind == 0:
        bars = axes.barh(REGIONS, take(12), color=BLUE)
        axes.bar_label(bars, fmt=money, padding=4, size=8.6)
        axes.invert_yaxis()
        axes.set_xticks([])
    elif kind == 1:
        axes.bar(MONTHS, take(12), color=BLUE)
    elif kind == 2:
        for name, colour in zip(REGIONS, SERIES):
            walk = take(52)
            axes.plot(range(52), walk, color=colour, linewidth=1.4)
            axes.annotate(f"{name} {money(walk[51])}", (51, walk[51]), (6, 0), size=7.9,
                          textcoords="offset points", va="center")
        axes.set_xticks(range(0, 52, 4), [f"W{week + 1}" for week in range(0, 52, 4)])
    else:
        groups = [take(3) for _ in range(6)]
        styles = [("FY27", {"color": BLUE}), ("FY26", {"color": GREY}),
                  ("Plan", {"facecolor": "white", "edgecolor": "#1B1E23"})]
        for place, (name, style) in enumerate(styles):
            axes.bar([group + .25 * (place - 1) for group in range(6)],
                     [values[place] for values in groups], width=.25, label=name, **style)
        axes.set_xticks(range(6), REGIONS[:6])
        axes.legend(ncols=3, frameon=False, fontsize=7.9, loc="lower left", bbox_to_anchor=(0, 1))
    if kind:
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(money))
        axes.grid(axis="y", color="#E3E6EA")
        axes.set_axisbelow(True)


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    # 4.8 inches at 200 dots: 960 pixels, as ours at 2×.
    figure = Figure(dpi=200)
    canvas = FigureCanvasAgg(figure)
    for index in range(count):
        draw(figure, index)
        canvas.print_png(f"{folder}/{index}.png")


main()
